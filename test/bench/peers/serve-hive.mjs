/** A process of its own: Hive Gateway on Node's HTTP server; with `rust`, planned and executed by its router runtime. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";

const [supergraph, planner] = process.argv.slice(2);

const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraph, "utf8"),
  logging: false,
  landingPage: false,
  graphiql: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get("authorization") }),
  },
  ...(planner === "rust" ? { unifiedGraphHandler } : {}),
});
const server = createServer(gateway);
server.listen(0, "127.0.0.1", () => {
  process.send({ url: `http://127.0.0.1:${server.address().port}/graphql` });
});
process.on("disconnect", () => process.exit());
