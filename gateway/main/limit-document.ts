import { Lexer, Source, TokenKind } from "graphql";
import { refuse } from "../respond/refuse.js";
import { limits } from "./limits.js";

const opens: readonly string[] = [TokenKind.BRACE_L, TokenKind.PAREN_L, TokenKind.BRACKET_L];
const closes: readonly string[] = [TokenKind.BRACE_R, TokenKind.PAREN_R, TokenKind.BRACKET_R];

/**
 * Refuses a document by its size, depth, aliases and directives before anything walks it, so that no parser or validation rule meets one that could exhaust
 * it. Throws OPERATION_TOO_COSTLY, or BAD_USER_INPUT for a text that no database keeps. A text that is no GraphQL passes: the parser says where it is wrong.
 */
export function limitDocument(text: string): void {
  const lexer = new Lexer(new Source(text));
  const open: string[] = [];
  let aliases = 0;
  let directives = 0;
  for (let count = 1; ; count += 1) {
    const kind = nextKind(lexer);
    if (kind === null || kind === TokenKind.EOF) return;
    if (count > limits.documentTokens) throw tooCostly("is too long", limits.documentTokens, "tokens");
    if (lexer.token.value?.includes("\u0000"))
      throw refuse("BAD_USER_INPUT", "A text holds the character U+0000: no text that is kept here has it.");
    if (opens.includes(kind)) open.push(kind);
    else if (closes.includes(kind)) open.pop();
    // A colon outside of parentheses stands behind an alias; within, behind an argument, a variable or a key.
    else if (kind === TokenKind.COLON && !open.includes(TokenKind.PAREN_L)) aliases += 1;
    else if (kind === TokenKind.AT) directives += 1;
    if (open.length > limits.documentDepth) throw tooCostly("is nested too deep", limits.documentDepth, "levels");
    if (aliases > limits.documentAliases) throw tooCostly("has too many aliases", limits.documentAliases, "aliases");
    if (directives > limits.documentDirectives)
      throw tooCostly("has too many directives", limits.documentDirectives, "directives");
  }
}

function tooCostly(what: string, most: number, unit: string): Error {
  return refuse("OPERATION_TOO_COSTLY", `The document ${what}: at most ${most} ${unit}.`);
}

function nextKind(lexer: Lexer): string | null {
  try {
    return lexer.advance().kind;
  } catch {
    return null;
  }
}
