import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { buildSchema, isEnumType } from "graphql";
import * as vocabulary from "../../schema/law/vocabulary.js";

const api = buildSchema(readFileSync("schema/sdl/api.graphql", "utf8"));

describe("the words of the law are the words of the API", () => {
  test.each([
    ["DataCategory", vocabulary.dataCategories],
    ["AuthorityKind", vocabulary.authorityKinds],
    ["ProtectedRole", vocabulary.protectedRoles],
    ["Effect", vocabulary.effects],
    ["DecisionCode", vocabulary.decisionCodes],
    ["ObligationKind", vocabulary.obligationKinds],
    ["Party", vocabulary.parties],
    ["NextStepKind", vocabulary.nextStepKinds],
    ["WarrantKind", vocabulary.warrantKinds],
    ["WarrantStatus", vocabulary.warrantStatuses],
    ["ObligationState", vocabulary.obligationStates],
    ["DeadlineState", vocabulary.deadlineStates],
  ] as const)("%s", (name, words) => {
    const type = api.getType(name);
    if (!isEnumType(type)) throw new Error(`${name} is no enum of the API`);
    expect([...words].sort()).toEqual(
      type
        .getValues()
        .map((value) => value.name)
        .sort(),
    );
  });
});
