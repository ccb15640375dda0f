import type { ApolloServerPlugin } from "@apollo/server";
import type { Logger } from "pino";
import type { Principal } from "../../schema/principal.js";
import { answerStatus } from "../respond/answer-status.js";
import { isCode } from "../respond/codes.js";
import type { KnownOperations } from "./known-operations.js";
import type { OperationContext } from "./operation-state.js";
import { refuseOperation } from "./refuse-operation.js";

/** Where Apollo asks us: an operation was picked (may it run? then it is known), errors came up (ours go to the log), the answer is about to leave (its status). */
export function respondPlugin(
  log: Logger,
  mayIntrospect: (principal: Principal) => boolean,
  known: KnownOperations,
): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, operationName, request, schema, contextValue, ...read }) {
          const { operation: state } = contextValue;
          const { method, principal } = state;
          state.name = operationName?.slice(0, 100) ?? null;
          refuseOperation(
            { document, operation, operationName: request.operationName, method, principal, schema },
            mayIntrospect,
          );
          const { source, queryHash } = read;
          if (operation !== undefined)
            known.keep(source, request.operationName, { document, operation, operationName, queryHash });
        },

        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) {
            if (isCode(error.extensions.code) && error.extensions.code !== "INTERNAL") continue;
            if (error.extensions.code !== undefined && error.originalError === undefined) continue;
            const fault = error.originalError ?? error;
            log.error(
              { operationId: contextValue.operation.id, fault: fault.name, frames: frames(fault) },
              "an operation failed",
            );
          }
        },

        async willSendResponse({ response, contextValue }) {
          const { body, http } = response;
          if (body.kind !== "single") throw new Error("an answer in parts is never made here");
          const { data, errors } = body.singleResult;
          const setByError = http.status !== undefined && http.status < 500;
          if (!setByError) http.status = answerStatus({ data, errors, logFailed: contextValue.operation.logFailed });
          if (errors === undefined) return;
          const operationId = contextValue.operation.id;
          body.singleResult.errors = errors.map((error) =>
            error.extensions?.code === "INTERNAL"
              ? { ...error, extensions: { ...error.extensions, operationId } }
              : error,
          );
        },
      };
    },
  };
}

/** Where a fault came from; its message may hold data and is left out. */
function frames(fault: Error): string[] {
  return (fault.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
}
