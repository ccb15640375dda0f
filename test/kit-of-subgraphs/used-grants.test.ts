import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { RunningSubgraph } from "../../subgraphs/kit/subgraph.js";
import { openSubgraph } from "../../subgraphs/kit/subgraph.js";
import { createDatabase, databases, type TemporaryDatabase } from "../kit/databases.js";
import { openEmbedded } from "../kit/embedded-database.js";
import { newSalt } from "../kit/sign-token.js";
import { library } from "./library.js";
import { type GrantToSign, moment, openSigner } from "./signer.js";

const query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Reader { name } } }";
const variables = { r: [{ __typename: "Reader", id: "r1" }] };
const facts = { providerCountry: "IE", residence: "FR", nationality: "FR", locatedIn: "FR", protectedRole: null };
const scope = {
  subjects: [{ id: "r1", facts }],
  entities: [{ type: "Reader", id: "r1", subject: "r1", fields: ["name"] }],
  leafHashes: ["0c".repeat(32)],
};

describe.each(databases)("two processes of one subgraph on one database (%s)", (kind) => {
  let signer: Awaited<ReturnType<typeof openSigner>>;
  let one: RunningSubgraph;
  let other: RunningSubgraph;
  let time = moment;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    signer = await openSigner("library");
    const temporary: TemporaryDatabase | null = kind === "server" ? await createDatabase() : null;
    const pglite = temporary === null ? await openEmbedded() : null;
    const open = () =>
      openSubgraph(library, {
        database: pglite === null ? { kind: "server", url: temporary?.url as string } : { kind: "embedded", pglite },
        clock: () => time,
        gatewayKeys: signer.keys,
        askGateway: async () => ({ data: {} }),
        log: pino({ enabled: false }),
      });
    [one, other] = [await open(), await open()];
    await Promise.all([one.migrate(), other.migrate()]);
    cleanUp = async () => {
      await Promise.all([one.close(), other.close()]);
      await pglite?.close();
      await temporary?.drop();
    };
  });
  afterAll(() => cleanUp());

  const ask = (subgraph: RunningSubgraph, grant: GrantToSign) =>
    signer.ask(subgraph.handle, { query, variables, grant, call: { issuedAt: time.getTime() / 1000 } });
  const problems = async (subgraph: RunningSubgraph, grant: GrantToSign) =>
    (await ask(subgraph, grant)).errors?.map(({ extensions }) => extensions.problem);
  const rows = async () =>
    (await one.em().execute('select nonce from "library"."used_grants" order by nonce')) as { nonce: string }[];

  test("a grant that one of them answered is refused by the other", async () => {
    const grant: GrantToSign = { scope, forged: { salt: newSalt() } };
    expect((await ask(one, grant)).data._entities).toEqual([{ name: "Specimen Reader 1" }]);
    expect(await problems(other, grant)).toEqual(["REPLAYED"]);
    expect(await problems(one, grant)).toEqual(["REPLAYED"]);
  });

  test("of many who use it at once, one is answered", async () => {
    const grant: GrantToSign = { scope, forged: { salt: newSalt() } };
    const found = await Promise.all([one, other, one, other].map((subgraph) => problems(subgraph, grant)));
    expect(found.filter((problem) => problem === undefined)).toHaveLength(1);
    expect(found.filter((problem) => problem?.[0] === "REPLAYED")).toHaveLength(3);
  });

  test("what has expired is swept, and then refused for its age", async () => {
    const grant: GrantToSign = { scope, forged: { salt: newSalt() } };
    await ask(one, grant);
    time = new Date(moment.getTime() + 121_000);
    const later = moment.getTime() / 1000 + 121;
    const salt = newSalt();
    await ask(one, { scope, forged: { salt, issuedAt: later } });
    expect(await rows()).toEqual([{ nonce: salt }]);
    expect(await problems(other, grant)).toEqual(["EXPIRED"]);
  });

  test("the migrations still say the same as the classes", async () => {
    expect(await one.drift()).toBe("");
  });
});
