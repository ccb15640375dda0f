import { QueryPlanner } from "@graphql-hive/router-query-planner";
import type { FromPlanner, ToPlanner } from "./planner-child.js";

/** The only place where the native planner is loaded: a process that may die. It ends with its parent, and leaves an interrupt to it. */
let planner: QueryPlanner | null = null;
const noLabels = new Set<string>();

function answer(message: ToPlanner): FromPlanner {
  try {
    if ("supergraphSdl" in message) {
      planner = new QueryPlanner(message.supergraphSdl);
      return { ready: true };
    }
    if (!planner) return { fault: "no supergraph was loaded" };
    return { plan: planner.plan(message.operation, null, noLabels, 0) };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

process.on("message", (message: ToPlanner) => process.send?.(answer(message)));
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => undefined);
