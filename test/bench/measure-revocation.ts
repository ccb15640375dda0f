import { type Answer, post } from "../kit/start-rogatory.js";

/** An installation whose warrants are revoked while clients read under them. */
export interface Revocable {
  /** Roots of its gateways; acts go to the first. */
  readonly gateways: readonly string[];
  readonly tokens: { readonly judge: string; readonly provider: string };
}

/** Milliseconds, one figure for each reader. */
export interface Revocations {
  /** From the moment the revocation was sent until her first refusal arrived. */
  readonly refused: readonly number[];
  /** From the moment the revocation was acknowledged until her last data arrived; 0: none came after it. */
  readonly lastData: readonly number[];
}

const query = 'query ($w: ID!) @warrant(id: $w) { user(id: "u01") { legalName } }';

/** Issues `warrants` of them and revokes one after the other, with `readers` at every gateway that ask again as soon as they are answered. */
export async function measureRevocations(
  installation: Revocable,
  { warrants, readers }: { readonly warrants: number; readonly readers: number },
): Promise<Revocations> {
  const refused: number[] = [];
  const lastData: number[] = [];
  const ids: string[] = [];
  while (ids.length < warrants) ids.push(await issueWarrant(installation));
  await untilInForce(installation, ids.at(-1) as string);
  for (const id of ids) {
    const reading = installation.gateways.flatMap((url) =>
      Array.from({ length: readers }, () => readUntilRefused(url, installation.tokens.judge, id)),
    );
    await Promise.all(reading.map(({ begun }) => begun));
    const sent = performance.now();
    await act(installation, "judge", "revokeWarrant", 'id: $id, reason: "Withdrawn."', { id });
    const acknowledged = performance.now();
    for (const { ended } of reading) {
      const { refusal, data } = await ended;
      refused.push(refusal - sent);
      lastData.push(Math.max(0, data - acknowledged));
    }
  }
  return { refused, lastData };
}

/** `begun` resolves with her first data; `ended` with the moments at which the last data and the first refusal arrived. */
function readUntilRefused(
  url: string,
  token: string,
  w: string,
): { readonly begun: Promise<void>; readonly ended: Promise<{ readonly data: number; readonly refusal: number }> } {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const read = async (): Promise<{ data: number; refusal: number }> => {
    for (let data = 0; ; ) {
      const { body } = await post(`${url}/graphql`, token, { query, variables: { w } });
      const now = performance.now();
      if (/was revoked|has lapsed/.test(body.errors?.[0]?.message ?? "")) return { data, refusal: now };
      if (body.errors !== undefined) throw new Error(`a reader was answered ${JSON.stringify(body)}`);
      data = now;
      begin();
    }
  };
  const ended = read();
  return { begun: Promise.race([begun, ended.then(() => undefined)]), ended };
}

/** The clock of the process that issues may be ahead of a gateway's. */
async function untilInForce({ gateways, tokens }: Revocable, w: string): Promise<void> {
  for (const url of gateways)
    for (;;) {
      const { body } = await post(`${url}/graphql`, tokens.judge, { query, variables: { w } });
      if (body.errors === undefined) break;
      if (!/not in force yet/.test(body.errors[0]?.message ?? "")) throw new Error(`answered ${JSON.stringify(body)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
}

async function issueWarrant(installation: Revocable): Promise<string> {
  const drafted = await act(
    installation,
    "judge",
    "draftWarrant",
    'input: { caseId: "case-fr-hate", platform: "FACEBOOK", categories: [SUBSCRIBER], solePurposeIdentification: true, targets: [{ kind: HANDLE, value: "quiet.heron", believed: { residence: "FR" } }] }',
    {},
  );
  const { id, contentHash } = drafted.warrant;
  const input = "input: { id: $id, contentHash: $hash }";
  await act(installation, "judge", "issueWarrant", input, { id, hash: contentHash });
  await act(installation, "provider", "acceptWarrant", input, { id, hash: contentHash });
  return id;
}

async function act(
  { gateways, tokens }: Revocable,
  who: keyof Revocable["tokens"],
  mutation: string,
  input: string,
  variables: Readonly<Record<string, string>>,
): Promise<Answer["body"]["data"]> {
  const names = [...("id" in variables ? ["$id: ID!"] : []), ...("hash" in variables ? ["$hash: String!"] : [])].join(
    ", ",
  );
  const document = `mutation${names && ` (${names})`} { ${mutation}(${input}) { warrant { id contentHash } userErrors { code } } }`;
  const { body } = await post(`${gateways[0]}/graphql`, tokens[who], { query: document, variables });
  const payload = body.data?.[mutation];
  if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation} was answered ${JSON.stringify(body)}`);
  return payload;
}
