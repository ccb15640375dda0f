import { describe, expect, test } from "@jest/globals";
import { identifierText, readIdentifier } from "../../schema/identity/identifier.js";

const email = (text: string): string | null => {
  const read = readIdentifier("EMAIL", { email: text });
  return read?.kind === "EMAIL" ? read.email : null;
};
const phone = (text: string): string | null => {
  const read = readIdentifier("PHONE", { phone: text });
  return read?.kind === "PHONE" ? read.phone : null;
};

describe("one e-mail address has one text", () => {
  test.each([
    ["someone@mail.example", "someone@mail.example"],
    ["Someone@Mail.EXAMPLE", "someone@mail.example"],
    ["some.one@mail.example", "some.one@mail.example"],
    ["someone+news@mail.example", "someone+news@mail.example"],
  ])("%s is %s", (written, canonical) => {
    expect(email(written)).toBe(canonical);
  });

  test("dots, what follows a plus, and the host are not guessed away", () => {
    const all = [
      "someone@mail.example",
      "some.one@mail.example",
      "someone+news@mail.example",
      "someone@www.mail.example",
    ];
    expect(new Set(all.map(email)).size).toBe(all.length);
  });

  test.each([
    "",
    "someone",
    "@mail.example",
    "someone@",
    "someone@mail",
    "a b@mail.example",
    "a@b@mail.example",
    " a@mail.example",
    `${"a".repeat(65)}@mail.example`,
    "a@mail..example",
    "a@mail.example\n",
    "*@mail.example%",
  ])("%j is none", (text) => {
    expect(email(text)).toBeNull();
  });
});

describe("one telephone number has one text", () => {
  test.each([
    ["+33123456789", "+33123456789"],
    ["+33 1 23 45 67 89", "+33123456789"],
    ["+1 (555) 010-0001", "+15550100001"],
  ])("%s is %s", (written, canonical) => {
    expect(phone(written)).toBe(canonical);
  });

  test.each([
    "",
    "0123456789",
    "0033123456789",
    "33123456789",
    "+0123456789",
    "+123456",
    "+1234567890123456",
    "+33 1 23 45 67 8x",
  ])("%j is none: a country is not guessed", (text) => {
    expect(phone(text)).toBeNull();
  });
});

test("a record names each by its kind", () => {
  expect(identifierText({ kind: "EMAIL", email: "a@mail.example" })).toBe("identifier EMAIL a@mail.example");
  expect(identifierText({ kind: "PHONE", phone: "+33123456789" })).toBe("identifier PHONE +33123456789");
});
