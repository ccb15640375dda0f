import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { exportJWK, generateKeyPair } from "jose";
import { pino } from "pino";
import { openGatewayKeys } from "../../gateway/main/open-gateway-keys.js";

let home: string;
const logged: string[] = [];
const log = pino({}, { write: (line: string) => void logged.push(line) });
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "rogatory-keys-"));
  logged.length = 0;
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "performance", "queueMicrotask"] });
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(home, { recursive: true, force: true });
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(setImmediate);
};

test("a running gateway sees within ten seconds that its key was replaced, and shows both; what is no key is logged and changes nothing", async () => {
  const keys = await openGatewayKeys({ gatewayKeyPlace: null, home }, log);
  const [old] = keys.published();
  const file = join(home, "gateway-key.json");
  writeFileSync(file, "no key");
  jest.advanceTimersByTime(10_000);
  await until(() => logged.length > 0);
  expect(logged.join()).toContain("the gateway's keys cannot be read; nothing changed");
  expect(keys.published()).toEqual([old]);

  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const next = await exportJWK(privateKey);
  writeFileSync(file, JSON.stringify(next));
  jest.advanceTimersByTime(10_000);
  await until(() => keys.published().length === 2);
  expect(keys.published().map(({ x }) => x)).toEqual([old?.x, next.x]);
  expect(keys.signing().kid).toBe(old?.kid);
});

test("a named place without a key is a wrong setting", async () => {
  const opened = openGatewayKeys({ gatewayKeyPlace: join(home, "nowhere.pem"), home }, log);
  await expect(opened).rejects.toThrow(/^ROGATORY_GATEWAY_KEY: .*cannot be read \(ENOENT\)/);
});
