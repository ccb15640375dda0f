import type { PGlite } from "@electric-sql/pglite";
import { pino } from "pino";
import type { GrantedEntity, KnownFacts } from "../../../schema/calls.js";
import type { AskGateway } from "../../../subgraphs/kit/ask-graph.js";
import { openSubgraph } from "../../../subgraphs/kit/subgraph.js";
import { platform } from "../../../subgraphs/platform/index.js";
import { createDatabase } from "../../kit/databases.js";
import { openEmbedded } from "../../kit/embedded-database.js";
import { type GrantToSign, moment, openSigner, type Question } from "../../kit-of-subgraphs/signer.js";

/** The platform with its demo register, on a database of its own. */
export async function openPlatform(kind: "embedded" | "server", askGateway: AskGateway = async () => ({ data: {} })) {
  const signer = await openSigner("platform");
  const temporary = kind === "server" ? await createDatabase() : null;
  const pglite = temporary ? null : await openEmbedded();
  const sent: string[] = [];
  const running = await openSubgraph(platform, {
    database: temporary
      ? { kind: "server", url: temporary.url }
      : { kind: "embedded", pglite: counting(pglite as PGlite, sent) },
    clock: () => moment,
    gatewayKeys: signer.keys,
    askGateway,
    log: pino({ enabled: false }),
  });
  await running.migrate();
  await running.loadBase();
  return {
    running,
    /** Queries sent, in order; filled on the embedded database alone. */
    sent,
    ask: (question: Question) => signer.ask(running.handle, question),
    entities: (representations: readonly object[], selection: string, grant?: GrantToSign) =>
      signer.ask(running.handle, {
        query: `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`,
        variables: { r: representations },
        ...(grant && { grant }),
      }),
    async close() {
      await running.close();
      await pglite?.close();
      await temporary?.drop();
    },
  };
}

export const factsOf = (providerCountry: string, place: string, nationality = place): KnownFacts => ({
  providerCountry,
  residence: place,
  nationality,
  locatedIn: place,
  protectedRole: null,
});

/** A grant for these entities. */
export function grantFor(
  facts: Record<string, KnownFacts>,
  entities: readonly GrantedEntity[],
  period?: [string, string],
): GrantToSign {
  return {
    scope: {
      subjects: Object.entries(facts).map(([id, known]) => ({ id, facts: known })),
      entities,
      leafHashes: ["0c".repeat(32)],
    },
    ...(period && { claims: { period: { from: period[0], to: period[1] } } }),
  };
}

function counting(pglite: PGlite, sent: string[]): PGlite {
  const query = pglite.query.bind(pglite);
  pglite.query = ((text: string, ...rest: never[]) => {
    sent.push(text);
    return query(text, ...rest);
  }) as typeof pglite.query;
  return pglite;
}
