import { type UserError, userError } from "./types/user-error.js";

/** Longest free text, in UTF-16 code units. */
const longest = 4_000;

/** Free text as it can be stored, hashed and read by others: absent, or not blank, well-formed Unicode without control characters. */
export function checkText(
  text: string | null | undefined,
  field: readonly (string | number)[],
  most = longest,
): UserError[] {
  if (text === null || text === undefined) return [];
  if (text.trim() === "") return [userError("TEXT_EMPTY", "This text is empty.", field)];
  if (text.length > most)
    return [userError("TEXT_TOO_LONG", `This text has ${text.length} characters; at most ${most} are taken.`, field)];
  if (/\p{Cs}|[^\P{Cc}\n\r\t]/u.test(text)) {
    return [
      userError(
        "TEXT_UNREADABLE",
        "This text has characters that cannot be read: control characters or halves of a character.",
        field,
      ),
    ];
  }
  return [];
}

/** A name or number on one line, of at most 200 characters. */
export function checkLine(text: string, field: readonly (string | number)[]): UserError[] {
  const errors = checkText(text, field, 200);
  return errors.length === 0 && /[\n\r\t\u2028\u2029]/.test(text)
    ? [userError("TEXT_LINES", "This text must stand on one line, without tabs.", field)]
    : errors;
}

/** Whether the database can hold the text at all; what it cannot hold is not there. */
export function isStorable(text: string): boolean {
  return !text.includes("\0");
}
