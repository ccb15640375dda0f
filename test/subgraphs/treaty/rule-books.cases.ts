import { describe, expect, test } from "@jest/globals";
import { diffRuleBooks, findRuleBook, importRuleBook, listRuleBooks } from "../../../subgraphs/treaty/index.js";
import { askerOf, engineer, firstBook, firstText, gateway, type TreatyUnderTest } from "./treaty-under-test.js";

/** Import, versions and the internal document. */
export function testRuleBooks(treaty: () => TreatyUnderTest): void {
  const ask = askerOf(treaty);
  describe("rule books", () => {
    const next = (
      version: string,
      change: (book: { rules: { id: string; validFrom: string | null }[] }) => void = () => undefined,
    ) => {
      const document = JSON.parse(firstText);
      document.version = version;
      change(document);
      return JSON.stringify(document);
    };
    const document = "query ($u: String) { ruleBookDocument(unless: $u) { hash document } }";

    test("the document is the gateway's, and only where it does not hold it already", async () => {
      const { ruleBookDocument } = await ask(document, {}, gateway);
      expect(ruleBookDocument).toEqual({ hash: firstBook.hash, document: firstText });
      expect((await ask(document, { u: firstBook.hash }, gateway)).ruleBookDocument).toEqual({
        hash: firstBook.hash,
        document: null,
      });
      expect((await treaty().ask(document, {}, engineer)).errors?.[0]?.extensions).toEqual({
        code: "FORBIDDEN",
        refusal: "ROLE",
      });
    });

    test("loading the base again changes nothing", async () => {
      await treaty().running.loadBase();
      expect(await listRuleBooks(treaty().running.em())).toEqual([
        { version: "0.1.0", hash: firstBook.hash, asOf: "2026-11-23", inForce: true },
      ]);
    });

    test("the migrations say the same as the entities", async () => {
      expect(await treaty().running.drift()).toBe("");
    });

    test("a book with a fault is refused whole, and the law stays as it is", async () => {
      const faulty = next("0.2.0", ({ rules }) => {
        (rules[0] as { validFrom: string }).validFrom = "2026-02-30";
      });
      await expect(importRuleBook(treaty().running.em(), faulty)).rejects.toThrow(
        'at $.rules[0].validFrom found "2026-02-30", expected a calendar date',
      );
      await expect(importRuleBook(treaty().running.em(), "{")).rejects.toThrow(/expected the JSON text of a rule book/);
      const sameVersion = next("0.1.0", ({ rules }) => {
        rules.reverse();
      });
      await expect(importRuleBook(treaty().running.em(), sameVersion)).rejects.toThrow(
        "expected a version that no other rule book has",
      );
      expect((await ask("{ ruleBook { hash } }")).ruleBook.hash).toBe(firstBook.hash);
    });

    test("a new book is in force at once; what the older one had can still be read; nothing is ever changed", async () => {
      const em = treaty().running.em();
      const imported = await importRuleBook(
        em,
        next("0.2.0", (book) => {
          book.rules = book.rules.filter(({ id }) => id !== "R-224-ART9");
          for (const rule of book.rules) if (rule.id === "R-EE-IDENT") rule.validFrom = "2027-01-01";
        }),
      );
      expect(imported).toMatchObject({ version: "0.2.0", imported: true });
      expect((await listRuleBooks(em)).map(({ version, inForce }) => [version, inForce])).toEqual([
        ["0.2.0", true],
        ["0.1.0", false],
      ]);
      const { ruleBook, decide, _entities } = await ask(`{ ruleBook { version }
      decide(question: { requesting: "DE", authority: JUDGE, providerCountry: "IE", platform: "FACEBOOK", category: SUBSCRIBER, offenceCategory: "OTHER", maxCustodialYears: 1 }) { code ruleBook { version } }
      _entities(representations: [{ __typename: "Rule", id: "R-224-ART9" }]) { ... on Rule { id pending } } }`);
      expect({ ruleBook, decide, _entities }).toEqual({
        ruleBook: { version: "0.2.0" },
        decide: { code: "NOT_IN_FORCE", ruleBook: { version: "0.2.0" } },
        _entities: [{ id: "R-224-ART9", pending: true }],
      });
      expect((await ask(document, { u: firstBook.hash }, gateway)).ruleBookDocument.hash).toBe(imported.hash);

      const [older, newer] = [await findRuleBook(em, "0.1.0"), await findRuleBook(em, imported.hash.slice(0, 12))];
      expect(older && newer && diffRuleBooks(older, newer)).toMatchObject({
        rules: { added: [], removed: ["R-224-ART9"], changed: [{ id: "R-EE-IDENT", members: ["validFrom"] }] },
        countries: { added: [], removed: [], changed: [] },
        other: ["version"],
      });
      expect(await findRuleBook(em, "9.9.9")).toBeNull();
      await expect(em.execute("update treaty.rule_books set version = 'x'")).rejects.toThrow(/never changed/);
      await expect(em.execute("delete from treaty.rule_books")).rejects.toThrow(/never changed/);
    });
  });
}
