import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type databases, oneDatabase } from "../../../kit/databases.js";
import { type JusticeUnderTest, openJustice } from "../justice-under-test.js";
import { playLives } from "./run-model.js";

/** ROGATORY_LIVES plays as many, from a seed of its own each time; the test command plays a few, always the same. */
const asked = Number(process.env.ROGATORY_LIVES ?? 0);
const lives = (kind: (typeof databases)[number]) =>
  asked > 0
    ? { runs: asked, seed: Date.now(), length: 150 }
    : { runs: kind === "server" ? 12 : 4, seed: 20261123, length: 80 };

export function testLives(database: () => PGlite): void {
  describe.each(oneDatabase)("random lives of warrants, on the %s database", (kind) => {
    let justice: JusticeUnderTest;
    let beside: JusticeUnderTest["ask"];
    beforeAll(async () => {
      justice = await openJustice(kind, "2026-11-23T10:00:00.000Z", kind === "embedded" ? database() : undefined);
      beside = kind === "server" ? await justice.beside() : justice.ask;
    });
    afterAll(async () => {
      await justice.close();
    });

    test(
      "go as the table says, also when two people act at once: one wins, the other is told, nothing is half done",
      async () => {
        await expect(playLives(justice, [justice.ask, beside], lives(kind))).resolves.toBeUndefined();
      },
      asked > 0 ? 3_600_000 : 60_000,
    );
  });
}
