import { exportJWK, FlattenedSign, generateKeyPair, type JWK } from "jose";
import { type Answer, facebook, gateway, type JusticeUnderTest, type Who } from "./justice-under-test.js";

/** The acts that most tests begin with. */

export const warrantFields = `
  id status issuedAt expiresAt deadlineAt deadlineState validatingAuthority { id } contentHash canonicalContent case { id }
  targets { id platform kind value accountId pinned }
  items { nodes { id category status deadlineAt heldUntil disclosedAt refusal { ground by reason at } } }
  history { at from to by actor reason }
`;

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes and assert the values.
type Payload = { warrant: any; warnings: any[]; userErrors: any[] };

/** Opens a case and tells its id. */
export async function openCase(justice: JusticeUnderTest, judge: Who, change: object = {}): Promise<string> {
  const input = {
    reference: "PAR-2026/17",
    offenceCodes: [judge.country === "DE" ? "DE-STGB-130" : "FR-1881-24"],
    committedOnline: true,
    offenceCountry: judge.country,
    ...change,
  };
  const { data } = await justice.ask(
    judge,
    "mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id } userErrors { code } } }",
    {
      input,
    },
  );
  return data.openCase.case.id;
}

/** A sound draft, changed. */
export function draftInput(change: object): object {
  return {
    platform: "FACEBOOK",
    categories: ["SUBSCRIBER", "USER_IDENTIFICATION"],
    targets: [{ kind: "HANDLE", value: "quiet.heron" }],
    period: { from: "2026-09-01T00:00:00Z", to: "2026-12-01T00:00:00Z" },
    solePurposeIdentification: true,
    ...change,
  };
}

/** Drafts a warrant, in a case of its own unless one is named. */
export async function draft(justice: JusticeUnderTest, judge: Who, change: object): Promise<Payload> {
  const caseId = "caseId" in change ? change.caseId : await openCase(justice, judge);
  const document = `mutation ($input: DraftWarrantInput!) {
    draftWarrant(input: $input) { warrant { ${warrantFields} } warnings { code message field rule { id } } userErrors { code message field rule { id } } }
  }`;
  const answer = await justice.ask(judge, document, { input: draftInput({ caseId, ...change }) });
  if (!answer.data?.draftWarrant) throw new Error(JSON.stringify(answer.errors));
  return answer.data.draftWarrant;
}

/** A warrant that was issued and waits for the provider, with the ids of its items. */
export async function issued(
  justice: JusticeUnderTest,
  judge: Who,
  change: object = {},
): Promise<{ id: string; contentHash: string; items: string[] }> {
  const { warrant, userErrors } = await draft(justice, judge, change);
  if (!warrant) throw new Error(JSON.stringify(userErrors));
  const { id, contentHash } = warrant;
  const document =
    "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { status } userErrors { code } } }";
  const { data } = await justice.ask(judge, document, { input: { id, contentHash } });
  if (data.issueWarrant.warrant?.status !== "ISSUED") throw new Error(JSON.stringify(data));
  return { id, contentHash, items: warrant.items.nodes.map((item: { id: string }) => item.id) };
}

/** One that the provider has accepted whole. */
export async function accepted(
  justice: JusticeUnderTest,
  judge: Who,
  change: object = {},
): Promise<{ id: string; contentHash: string }> {
  const { id, contentHash } = await issued(justice, judge, change);
  const document = "mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { warrant { status } } }";
  await justice.ask({ ...facebook }, document, { input: { id, contentHash } });
  return { id, contentHash };
}

export const told = "warnings { code message rule { id } } userErrors { code message field rule { id } }";

/** The acts as their parties make them, and what they come to. */
export function actsOn(justice: JusticeUnderTest) {
  return {
    issue: (who: Who, id: string, contentHash: string): Promise<Answer> =>
      justice.ask(
        who,
        `mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { warrant { ${warrantFields} } ${told} } }`,
        {
          input: { id, contentHash },
        },
      ),
    accept: (who: Who, input: object): Promise<Answer> =>
      justice.ask(
        who,
        `mutation ($input: AnswerOrderInput!) { acceptWarrant(input: $input) { warrant { ${warrantFields} } ${told} } }`,
        { input },
      ),
    refuse: (who: Who, input: object): Promise<Answer> =>
      justice.ask(
        who,
        `mutation ($input: ContestInput!) { refuseWarrant(input: $input) { warrant { ${warrantFields} } ${told} } }`,
        {
          input: { ground: "OVERBROAD", text: "Asks for everything.", ...input },
        },
      ),
    contest: (who: Who, input: object): Promise<Answer> =>
      justice.ask(
        who,
        `mutation ($input: ContestInput!) { contestWarrant(input: $input) { warrant { ${warrantFields} } ${told} } }`,
        { input: { ground: "INCOMPLETE", text: "Whose account?", ...input } },
      ),
    answer: (who: Who, id: string): Promise<Answer> =>
      justice.ask(
        who,
        `mutation { answerContest(id: "${id}", text: "The one named.") { warrant { ${warrantFields} } ${told} } }`,
      ),
    fulfil: (who: Who, input: object): Promise<Answer> =>
      justice.ask(
        who,
        `mutation ($input: AnswerOrderInput!) { fulfilItems(input: $input) { warrant { ${warrantFields} } ${told} } }`,
        { input },
      ),
    validate: (who: Who, id: string, contentHash: string): Promise<Answer> =>
      justice.ask(
        who,
        `mutation ($input: IssueWarrantInput!) { validateWarrant(input: $input) { warrant { ${warrantFields} } ${told} } }`,
        { input: { id, contentHash } },
      ),
    decline: (who: Who, id: string): Promise<Answer> =>
      justice.ask(
        who,
        `mutation { declineValidation(id: "${id}", reason: "Not proportionate.") { warrant { ${warrantFields} } ${told} } }`,
      ),
    share: (who: Who, id: string, authorityId: string): Promise<Answer> =>
      justice.ask(who, `mutation { shareCase(id: "${id}", authorityId: "${authorityId}") { case { id } ${told} } }`),
    revoke: (who: Who, id: string): Promise<Answer> =>
      justice.ask(
        who,
        `mutation { revokeWarrant(id: "${id}", reason: "The suspect was found.") { warrant { ${warrantFields} } ${told} } }`,
      ),
    read: async (who: Who, id: string) =>
      (await justice.ask(who, `{ warrant(id: "${id}") { ${warrantFields} } }`)).data.warrant,
    door: async (id: string) =>
      (await justice.ask(gateway, `{ doorWarrants(ids: ["${id}"]) { ${doorFields} } }`)).data.doorWarrants[0],
    count: async (): Promise<number> => {
      const [row] = (await justice.running.em().execute("select count(*)::int as n from justice.warrants")) as {
        n: number;
      }[];
      return row?.n ?? -1;
    },
  };
}

const doorFields = `
  id kind status contentHash authorityId authorityKind validatingAuthorityKind country platform caseId categories offenceCodes
  committedOnline offenceCountry solePurposeIdentification emergency issuedAt expiresAt periodFrom periodTo
  targets { id kind accountId believedNationality believedResidence believedLocatedIn believedProtectedRole }
  items { id targetId category status heldUntil cleared }
`;

/** The codes of a payload's userErrors. */
export const codes = (payload: { userErrors: { code: string }[] }): string[] =>
  payload.userErrors.map(({ code }) => code);

/** The statuses of a warrant's items. */
export const statuses = (warrant: { items: { nodes: { status: string }[] } }): string[] =>
  warrant.items.nodes.map(({ status }) => status);

/** A key pair of an authority, and its detached signatures. */
export async function openSigner(
  alg: "EdDSA" | "ES256",
  kid: string,
): Promise<{ jwk: JWK; sign: (text: Uint8Array, header: object) => Promise<string> }> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { crv: "Ed25519" });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid },
    sign: async (text, header) => {
      const signed = await new FlattenedSign(text).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
      return `${signed.protected}..${signed.signature}`;
    },
  };
}
