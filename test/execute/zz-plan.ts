import { QueryPlanner } from "@graphql-hive/router-query-planner";
import { parse } from "graphql";
import { composeGraph } from "../../schema/compose.js";
import { sources } from "../fuzz/world/sdl.js";
import { apiSchemaOf } from "../../schema/identity/api-schema.js";
import { normalize } from "../../gateway/plan/normalize.js";
import { DocumentReader } from "../../gateway/plan/read-document.js";
import { plainNames } from "../../gateway/plan/plan-keys.js";
import { Budget } from "../../gateway/plan/collect-fields.js";
import { cutStages } from "../../gateway/plan/cut-stages.js";
import { guardGraph } from "../../gateway/plan/guarded-graph.js";
const c = composeGraph(sources); if (!("graph" in c)) throw 1;
const schema = apiSchemaOf(c.graph.supergraphSdl); const g = guardGraph(c.graph);
const qp = new QueryPlanner(c.graph.supergraphSdl);
for (const q of process.argv.slice(2)) {
  const operation = new DocumentReader(schema).operation(parse(q), null);
  const n = normalize({ schema, plain: plainNames(schema), operation, variables: { w: false, v: true }, budget: new Budget(10000) });
  for (const s of cutStages(n.roots, "Query", { schema, entityKeys: new Map(["User","Org","Post","Case"].map(t=>[t,["id"]])), isIdentity: (t,f)=>g.identity.get(t)?.has(f) ?? false, everywhere: false })) {
    console.log(s.selections, s.roots.map(r=>r.alias));
    try { console.log(JSON.stringify(qp.plan(`{ ${s.selections} }`, null, new Set(), 0), null, 1)); } catch (e) { console.log(String(e)); }
  }
}
