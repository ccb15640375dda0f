/**
 * Tells whether a name speaks of data by which a person is identified or reached, in whatever style it is written: `legalName`, `legal_name`, `LEGAL_NAMES`,
 * `legalname`. It is a nose and no proof: what it smells has to be classified by the engineer, and what it misses has to be marked all the same. The kinds
 * are those that orders ask for (Regulation (EU) 2023/1543, Art 3(9)–(11)): who somebody is, how she is reached, what she pays with, which device and line.
 */

/** Words that say it alone, in the singular: they are parts of other words. */
const words = new Set(
  `bic born cvv cvc dob geo gps iban iccid imei imsi ip ipv4 ipv6 lat latitude lng location longitude mac mail meid mobile nin pin puk sessn sim ssn street tin
  vat whereabouts zip`.split(/\s+/),
);

/** Parts that say it wherever they stand, separators left out. */
const parts =
  /accountholder|accountnumber|address(?!ee|ed)|bankaccount|birth|cardnumber|coordinates|creditcard|deviceid|driv(?:ers?|ing)licen|email|familyname|fathername|firstname|forename|fullname|givenname|idcard|idnumber|identitycard|identitynumber|imeisv|insurancenumber|ipv[46]|lastname|licen[sc]eplate|maidenname|middlename|mothername|msisdn|nationalid|passport|phone|personalnumber|postalcode|postcode|realname|legalname|routingnumber|socialsecurity|sourceport|surname|taxid|taxnumber|useragent|zipcode/;

/** The word by which a name gives itself away; null where it says nothing. */
export function identityWord(name: string): string | null {
  const spoken = wordsOf(name).find((word) => words.has(word));
  return spoken ?? parts.exec(name.replace(/_/g, "").toLowerCase())?.[0] ?? null;
}

/** The words of a name, in lower case and in the singular: it is cut at capitals, digits and underscores. `userIPs` are "user" and "ip". */
function wordsOf(name: string): readonly string[] {
  const found = name.match(/[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+/g) ?? [];
  return found.map((word) => word.toLowerCase().replace(/(?<!s)s$/, ""));
}
