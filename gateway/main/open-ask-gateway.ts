import type { AskGateway } from "../../subgraphs/kit/ask-graph.js";
import type { Ending } from "./answer-operation.js";
import type { Succession } from "./open-succession.js";

/** How a subgraph of this process asks back: the same walk as over HTTP, begun with the call token it was called with. */
export function openAskGateway(succession: Succession): AskGateway {
  return async ({ callToken, query, variables }) => {
    const { serving, release } = succession.use();
    const { ending, end } = inProcess();
    try {
      const contextValue = await serving.walk.begin(`Bearer ${callToken}`, "POST", ending);
      const { body } = await serving.apollo.executeOperation({ query, variables }, { contextValue });
      if (body.kind !== "single") throw new Error("an answer in parts is never made here");
      const { data, errors } = body.singleResult;
      return { data: asJson(data), ...(errors === undefined ? {} : { errors }) };
    } finally {
      end();
      release();
    }
  };
}

/** In process nobody goes away before the answer. */
function inProcess(): { readonly ending: Ending; end(): void } {
  let end = (): void => undefined;
  const ended = new Promise<"ANSWERED">((resolve) => {
    end = () => resolve("ANSWERED");
  });
  return { ending: { gone: new AbortController().signal, ended }, end };
}

/** What HTTP would have carried: plain objects, and no prototype that is missing. */
function asJson(data: unknown): unknown {
  return data === undefined ? undefined : (JSON.parse(JSON.stringify(data)) as unknown);
}
