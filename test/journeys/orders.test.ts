import { rmSync } from "node:fs";
import { afterAll, beforeAll } from "@jest/globals";
import { type Rogatory, startRogatory, storyMoment } from "../kit/start-rogatory.js";
import { testAcceptedByPolicy, testPolicy } from "./acceptance.cases.js";
import { testEmergencies } from "./emergencies.cases.js";
import { testHolds } from "./holds.cases.js";
import { testSignedWarrants } from "./signed-warrants.cases.js";
import { testTargets } from "./targets.cases.js";

/** What becomes of orders, over HTTP, in one process; the group before the last kills it and starts it again two days later. */
let rogatory: Rogatory;
beforeAll(async () => {
  rogatory = await startRogatory({ now: storyMoment });
});
afterAll(async () => {
  await rogatory?.stop();
  rmSync(rogatory.home, { recursive: true, force: true });
});

const running = (): Rogatory => rogatory;

testHolds(running);
testTargets(running);
testPolicy(running);
testSignedWarrants(running);
testEmergencies(running, async (now) => {
  const { home } = rogatory;
  await rogatory.kill();
  rogatory = await startRogatory({ now, home });
});
testAcceptedByPolicy(running);
