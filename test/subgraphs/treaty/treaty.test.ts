import { afterAll, beforeAll } from "@jest/globals";
import { testDecide } from "./decide.cases.js";
import { testPreview } from "./preview.cases.js";
import { testReading } from "./reading.cases.js";
import { testRuleBooks } from "./rule-books.cases.js";
import { openTreaty, type TreatyUnderTest } from "./treaty-under-test.js";
import { testWarrantFields } from "./warrant-fields.cases.js";

let treaty: TreatyUnderTest;
beforeAll(async () => {
  treaty = await openTreaty();
}, 60_000);
afterAll(async () => {
  await treaty?.close();
});

testDecide(() => treaty);
testPreview(() => treaty);
testReading(() => treaty);
testWarrantFields(() => treaty);
// Last: they put another book in force.
testRuleBooks(() => treaty);
