import { Lexer, Source, TokenKind } from "graphql";
import { refuse } from "../respond/refuse.js";
import { limits } from "./limits.js";

const opens: readonly string[] = [TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L];
const closes: readonly string[] = [TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R];

/**
 * Refuses a document by its size and depth before anything walks it, so that no parser or validation rule meets one that could exhaust it. Throws
 * OPERATION_TOO_COSTLY, or BAD_USER_INPUT for a text that no database keeps. A text that is no GraphQL passes: the parser says where it is wrong.
 */
export function limitDocument(text: string): void {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  for (let count = 1; ; count += 1) {
    const kind = nextKind(lexer);
    if (kind === null || kind === TokenKind.EOF) return;
    if (count > limits.documentTokens)
      throw refuse("OPERATION_TOO_COSTLY", `The document is too long: at most ${limits.documentTokens} tokens.`);
    if (lexer.token.value?.includes("\u0000"))
      throw refuse("BAD_USER_INPUT", "A text holds the character U+0000: no text that is kept here has it.");
    if (opens.includes(kind)) depth += 1;
    if (closes.includes(kind)) depth -= 1;
    if (depth > limits.documentDepth)
      throw refuse("OPERATION_TOO_COSTLY", `The document is nested too deep: at most ${limits.documentDepth} levels.`);
  }
}

function nextKind(lexer: Lexer): string | null {
  try {
    return lexer.advance().kind;
  } catch {
    return null;
  }
}
