/**
 * The one text of a telephone number: E.164 in international form, such as +33123456789. Blanks, hyphens and parentheses are how people write it down. A number
 * without its country is no number: which country was meant is not guessed. Null for anything else.
 */
export function canonicalPhone(text: string): string | null {
  const written = text.replace(/[ ()-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(written) ? written : null;
}
