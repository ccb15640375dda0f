import { refuse } from "../respond/refuse.js";

/** The escape of U+0000 in a JSON text; one behind an odd number of backslashes is no escape of its own. */
const escaped = /(?<!\\)(?:\\\\)*\\u0000/;

/** Refuses a JSON text that carries the character U+0000, which no database keeps in a text. Throws BAD_USER_INPUT. */
export function refuseNul(json: string): void {
  if (escaped.test(json))
    throw refuse("BAD_USER_INPUT", "A text holds the character U+0000: no text that is kept here has it.");
}
