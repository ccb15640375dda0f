import { HeaderMap, type HTTPGraphQLRequest } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../../schema/principal.js";
import { refuse } from "../respond/refuse.js";
import type { Documents } from "./documents/documents.js";
import { readAskedDocument } from "./documents/read-asked-document.js";
import { findDuplicateKey } from "./find-duplicate-key.js";
import type { Serving } from "./open-succession.js";
import type { OperationContext } from "./operation-state.js";
import { refuseNul } from "./refuse-nul.js";

/**
 * What Apollo Server is given of a request. INVARIANT: the document in it is the one that was found here, since Apollo knows no hashes: a request that names its
 * document by the hash is turned into one that brings the text.
 * @throws GraphQLError where the document is not found, not admitted or out of bounds, or a parameter of the address is not well formed.
 */
export function toApolloRequest(
  request: FastifyRequest,
  documents: Documents,
  principal: Principal,
): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return request.method === "GET"
    ? { method: "GET", headers, body: undefined, search: findInAddress(request.url, documents, principal) }
    : { method: "POST", headers, body: findInBody(request.body, documents, principal), search: "" };
}

/** Hands it on, and its answer back as it stands. */
export async function askApollo(
  { apollo }: Pick<Serving, "apollo">,
  httpGraphQLRequest: HTTPGraphQLRequest,
  context: OperationContext,
  reply: FastifyReply,
): Promise<string> {
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => context,
  });
  if (body.kind !== "complete") throw new Error("an answer in parts is never made here");
  for (const [name, value] of headers) reply.header(name, value);
  reply.code(status ?? 200);
  return body.string;
}

function findInBody(body: unknown, documents: Documents, principal: Principal): unknown {
  if (typeof body !== "object" || body === null) return body;
  const { extensions, ...others } = body as Readonly<Record<string, unknown>>;
  const asked = readAskedDocument(others.query, extensions);
  if (asked === null) return body;
  const query = documents.find(asked, principal);
  return asked.hash === null ? body : { ...others, query };
}

function findInAddress(url: string, documents: Documents, principal: Principal): string {
  const { search, searchParams: parameters } = new URL(url, "http://gateway");
  const [query, extensions] = ["query", "extensions"].map((name) => oneOf(parameters, name));
  const read = readJsonParameter("extensions", extensions);
  readJsonParameter("variables", oneOf(parameters, "variables"));
  const asked = readAskedDocument(query, read);
  if (asked === null) return search;
  parameters.set("query", documents.find(asked, principal));
  if (asked.hash !== null) parameters.delete("extensions");
  return `?${parameters}`;
}

function oneOf(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name);
  if (others.length > 0) throw refuse("BAD_USER_INPUT", `The parameter \`${name}\` may only be specified once.`);
  return value;
}

/** A parameter of an address that holds JSON; what is no JSON at all is left to who reads the rest of it. */
function readJsonParameter(name: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  refuseNul(text);
  if (findDuplicateKey(text) !== null)
    throw refuse("BAD_USER_INPUT", `\`${name}\` names a key twice in one object: expected each once.`);
  return value;
}
