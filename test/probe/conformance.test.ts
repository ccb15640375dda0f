import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { openSigningKey, type SigningKey } from "../../gateway/authenticate/signing-key.js";
import { listenSubgraph, openGatewayKeys, openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { platform } from "../../subgraphs/platform/index.js";
import { serve } from "../examples/without-the-kit.js";
import { openEmbedded } from "../kit/embedded-database.js";
import { environment, runCli } from "../kit/start-rogatory.js";
import { serveCarelessly } from "./careless-subgraph.js";

let home: string;
let key: SigningKey;
let jwks: Server;
let keySet: string;
let pglite: PGlite;
const open: { readonly urls: Map<string, string>; readonly closing: (() => Promise<unknown>)[] } = {
  urls: new Map(),
  closing: [],
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "rogatory-conformance-"));
  key = await openSigningKey(join(home, "gateway-key.json"));
  jwks = createServer((_request, response) => response.end(JSON.stringify({ keys: [key.publicJwk] })));
  await new Promise<void>((resolve) => jwks.listen(0, "127.0.0.1", resolve));
  keySet = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}/jwks.json`;

  pglite = await openEmbedded();
  const running = await openSubgraph(platform, {
    database: { kind: "embedded", pglite },
    clock: () => new Date(),
    gatewayKeys: openGatewayKeys([keySet]),
    askGateway: async () => ({ data: {} }),
    log: pino({ enabled: false }),
  });
  await running.migrate();
  await running.loadBase();
  const ours = await listenSubgraph(running, { host: "127.0.0.1", port: 0 });
  const example = await serve({ jwks: keySet, port: 0 });
  const careless = await serveCarelessly(key.publicJwk, new Set(["own-facts"]));
  open.urls.set("platform", ours.url).set("comments", example.url).set("careless", careless.url);
  open.closing.push(ours.close, () => running.close(), example.close, careless.close);
});
afterAll(async () => {
  for (const close of open.closing) await close();
  await pglite?.close();
  await new Promise((resolve) => jwks.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

const run = (...args: string[]) => runCli(["conformance", ...args], environment(home, {}));
const at = (name: string): string => open.urls.get(name) as string;
const values = /Specimen|198\.51\.100|@mail\.example/;

describe("rogatory conformance", () => {
  test("our platform over HTTP passes, every identity field of it", async () => {
    const { code, stdout, stderr } = await run(at("platform"), "--service", "platform", "--platform", "FACEBOOK");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const lines = stdout.trim().split("\n");
    expect(lines.at(-1)).toMatch(
      /^(?=.*User\.legalName)(?=.*User\.messages)(?=.*Post\.authorIp)(?=.*Post\.removedBody)(?=.*Query\.accountsByIp)(?=.*Query\.accountsByEmail)(?=.*Query\.accountsByPhone).*: \d+ passed, 0 failed, \d+ not tried$/,
    );
    expect(
      lines.slice(0, -1).filter((line) => !/^(ok|not tried) +[a-zA-Z-]+ \((User|Post|Query)\): /.test(line)),
    ).toEqual([]);
    expect(lines.filter((line) => /^ok +search-for-another-identifier \(Query\)/.test(line))).toHaveLength(3);
    expect(stdout).not.toMatch(values);
  });

  test("the example without the kit passes", async () => {
    const { code, stdout, stderr } = await run(
      at("comments"),
      "--service",
      "comments",
      "--id",
      "Comment=comment-1",
      "--id",
      "Comment=comment-2",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Comment\.sentFrom, Reader\.subscriptionName: \d+ passed, 0 failed, 2 not tried$/m);
  });

  test("a careless one fails, and the check is named", async () => {
    const { code, stdout, stderr } = await run(at("careless"), "--service", "comments");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "FAILED facts-differ-residence (Comment): refuses a grant that was decided on another residence. But: Comment.sentWith was answered",
    );
    expect(stdout).toMatch(/\d+ passed, 6 failed/);
    expect(stdout + stderr).not.toMatch(values);
  });

  test.each<[string, () => string[], number, string]>([
    ["no service", () => [at("comments")], 2, "required option '--service <name>'"],
    [
      "no address",
      () => ["comments", "--service", "comments"],
      2,
      "comments is no address: expected that of a GraphQL endpoint",
    ],
    [
      "an id without a type",
      () => [at("comments"), "--service", "comments", "--id", "u01"],
      2,
      "--id is u01: expected Type=id",
    ],
    [
      "no key",
      () => [at("comments"), "--service", "comments", "--key", join(home, "none.json")],
      2,
      "Name the private key of a gateway",
    ],
    ["nobody at the address", () => ["http://127.0.0.1:9/graphql", "--service", "comments"], 1, "gives no answer"],
    [
      "a name that is not its own",
      () => [at("comments"), "--service", "comment"],
      1,
      "does not answer a right call token",
    ],
  ])("%s: says so", async (_what, args, code, sentence) => {
    const done = await run(...args());
    expect(done.code).toBe(code);
    expect(done.stderr).toContain(sentence);
  });

  test("a key that the subgraph does not trust: says so", async () => {
    await openSigningKey(join(home, "other.json"));
    const { code, stderr } = await run(at("comments"), "--service", "comments", "--key", join(home, "other.json"));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("does it know the key of the probe") });
  });
});
