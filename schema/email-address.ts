/** As the scalar EmailAddress has it (HTML Standard, "valid email address"), with a domain of at least two labels. */
const form =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * The one text of an e-mail address: in lower case. Domains know no case (RFC 5321, 2.3.11), and hardly any host keeps two mailboxes apart by the case of their
 * names, which it may (2.4): whoever finds two accounts by one text has found both, and chooses neither. Dots and what follows a plus are part of the name: another
 * address, even where a host delivers it to the same mailbox. Null for what is no address.
 */
export function canonicalEmail(text: string): string | null {
  const written = text.toLowerCase();
  return written.length <= 254 && form.test(written) ? written : null;
}
