import { describe, expect, test } from "@jest/globals";
import { decide } from "../../schema/law/decide.js";
import { lawByStory } from "../cases/law-by-story.js";
import { ask, book } from "./book.js";

describe("the law by story (test/cases/law-by-story.ts)", () => {
  test.each(lawByStory)("$story: $effect by $rule", (row) => {
    const decision = decide(ask(row.question), book);
    expect({ effect: decision.effect, code: decision.code, rule: decision.ruleId }).toEqual({
      effect: row.effect,
      code: row.code,
      rule: row.rule,
    });
    expect(decision.reason).toMatch(row.reason);
    expect(decision.permitted).toBe(["PERMIT_COMPULSORY", "PERMIT_EMERGENCY", "PERMIT_VOLUNTARY"].includes(row.effect));
    expect(decision.holdHours).toBe(row.holdHours ?? null);
    if (row.deadlineHours !== undefined) expect(decision.deadlineHours).toBe(row.deadlineHours);
    if (row.unmet !== undefined) expect([...new Set(decision.unmet.map(({ ruleId }) => ruleId))]).toEqual(row.unmet);
    if (row.channels !== undefined) expect(decision.channels).toEqual(row.channels);
    if (row.duties !== undefined) expect(decision.obligations.map(({ kind }) => kind)).toEqual(row.duties);
  });

  test("every reason about a person is the same, whatever the fact was", () => {
    const reasons = [{ nationality: "US" }, { residence: "US" }, { locatedIn: "US" }, {}].map((fact) => {
      const subject = {
        nationality: "GB",
        residence: "GB",
        locatedIn: "GB",
        ...(Object.keys(fact).length === 0 ? { nationality: null } : fact),
      };
      return decide(
        ask({
          requesting: "GB",
          providerCountry: "US",
          category: "CONTENT",
          offenceCategory: "TERRORISM",
          maxCustodialYears: 15,
          factsBasis: "KNOWN",
          subject,
        }),
        book,
      );
    });
    expect(new Set(reasons.map((decision) => JSON.stringify(decision))).size).toBe(1);
    expect(reasons[0]?.unmet).toEqual([
      { ruleId: "R-GB-US-DAA", fact: "person", expected: "what the rule asks about the person", actual: null },
    ]);
  });
});
