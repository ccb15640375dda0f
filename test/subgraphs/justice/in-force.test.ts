import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { testAcceptance } from "./acceptance.cases.js";
import { testEmergencies } from "./emergencies.cases.js";
import { testIdempotency } from "./idempotency.cases.js";
import { testInterchange } from "./interchange.cases.js";
import { embeddedDatabase } from "./justice-under-test.js";
import { testLives } from "./model/lives.cases.js";
import { testObligations } from "./obligations.cases.js";
import { testPreservation } from "./preservation.cases.js";
import { testSignatures } from "./signatures.cases.js";
import { testValidation } from "./validation.cases.js";

/** Orders from the validation to the end; where there is no server, on one embedded database that each group empties: a new one costs seconds. */
let database: PGlite;
beforeAll(async () => {
  if (oneDatabase[0] === "embedded") database = await embeddedDatabase();
});
afterAll(async () => {
  await database?.close();
});

testValidation(() => database);
testObligations(() => database);
testEmergencies(() => database);
testPreservation(() => database);
testIdempotency(() => database);
testSignatures(() => database);
testInterchange(() => database);
testAcceptance(() => database);
testLives(() => database);
