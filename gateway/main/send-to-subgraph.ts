import type { Logger } from "pino";
import type { GrantClaims, SubgraphHandler } from "../../schema/calls.js";
import { grantHeader, operationHeader } from "../../schema/calls.js";
import type { Principal } from "../../schema/principal.js";
import type { CallSigner } from "../authenticate/sign-calls.js";
import type { GraphQLAnswer } from "../door/types.js";
import { limits } from "./limits.js";
import { withinTime } from "./within-time.js";

/** One request to a subgraph, already written. */
export interface SubgraphCall {
  readonly service: string;
  readonly principal: Principal;
  readonly operationId: string;
  /** JSON text, sent byte for byte: a grant covers its digest. */
  readonly body: string;
  /** What is granted, for an identity half. */
  readonly grant?: GrantClaims;
  readonly signal?: AbortSignal;
}

/** The one way from the gateway to a subgraph. Throws SubgraphUnreachable. */
export type SendToSubgraph = (call: SubgraphCall) => Promise<GraphQLAnswer>;

/** No answer, none in time, or none that is GraphQL. The message is for the log: it never holds anything that the subgraph said. */
export class SubgraphUnreachable extends Error {
  override readonly name = "SubgraphUnreachable";
}

/**
 * Signs and sends. Nothing of the client's request goes along but what the call token says of the principal: the headers are these four, and no others.
 * It makes no difference here whether the subgraph runs in this process or another.
 */
export function openSending(
  handlers: ReadonlyMap<string, SubgraphHandler>,
  signer: CallSigner,
  log: Logger,
  /** Milliseconds for one fetch, from the first byte asked to the last one answered. */
  fetchMs: number = limits.fetchMs,
): SendToSubgraph {
  const attempt = async ({
    service,
    principal,
    operationId,
    body,
    grant,
    signal,
  }: SubgraphCall): Promise<GraphQLAnswer> => {
    const handle = handlers.get(service);
    if (handle === undefined) throw new SubgraphUnreachable(`no subgraph is called ${service}`);
    const [call, granted] = await Promise.all([
      signer.callToken({ principal, operationId, service }),
      grant && signer.grant(service, grant),
    ]);
    const headers = {
      authorization: `Bearer ${call}`,
      "content-type": "application/json",
      [operationHeader]: operationId,
      ...(granted === undefined ? {} : { [grantHeader]: granted }),
    };
    const handled = withinTime(fetchMs, signal, (until) => handle({ body, headers, signal: until }));
    const answered = await handled.catch((cause: unknown) => {
      throw new SubgraphUnreachable(
        `${service} gave no answer (${cause instanceof Error ? cause.name : typeof cause})`,
        { cause },
      );
    });
    if (answered.status !== 200)
      throw new SubgraphUnreachable(`${service} answered with HTTP status ${answered.status}`);
    return readAnswer(service, answered.body);
  };
  return (call) =>
    attempt(call).catch((fault: Error) => {
      log.warn({ operationId: call.operationId, service: call.service, reason: fault.message }, "a fetch failed");
      throw fault;
    });
}

function readAnswer(service: string, body: string): GraphQLAnswer {
  try {
    const answer = JSON.parse(body) as unknown;
    if (typeof answer === "object" && answer !== null && ("data" in answer || "errors" in answer))
      return answer as GraphQLAnswer;
  } catch {
    throw new SubgraphUnreachable(`${service} answered something that is not JSON`);
  }
  throw new SubgraphUnreachable(`${service} answered something that is not GraphQL`);
}
