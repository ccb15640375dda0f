import { createHash } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { verifyDetached } from "../../../schema/verify-detached.js";
import { actsOn, draft, openCase, openSigner } from "./acts.js";
import { berlin, facebook, type JusticeUnderTest, openJustice, paris } from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";

export function testInterchange(database: () => PGlite): void {
  describe("interchange", () => {
    let justice: JusticeUnderTest;
    let order: { id: string; contentHash: string };
    let signer: Awaited<ReturnType<typeof openSigner>>;
    beforeAll(async () => {
      justice = await openJustice("embedded", start, database());
      signer = await openSigner("EdDSA", "paris-1");
      await justice.ask(paris, "mutation ($jwk: String!) { registerAuthorityKey(jwk: $jwk) { id } }", {
        jwk: JSON.stringify(signer.jwk),
      });
      const { warrant } = await draft(justice, paris, {
        caseId: await openCase(justice, paris),
        necessity: "the only lead",
        targets: [{ kind: "HANDLE", value: "quiet.heron" }],
      });
      order = { id: warrant.id, contentHash: warrant.contentHash };
      const signature = await signer.sign(Buffer.from(warrant.canonicalContent, "base64"), { iat: 1_763_892_000 });
      await justice.ask(
        paris,
        "mutation ($input: IssueWarrantInput!) { issueWarrant(input: $input) { userErrors { code } } }",
        {
          input: { ...order, signature },
        },
      );
      await actsOn(justice).accept(facebook, order);
    });
    afterAll(async () => {
      await justice.close();
    });

    const read = async (format: string, who = facebook) => {
      const { data } = await justice.ask(
        who,
        `{ warrant(id: "${order.id}") { interchange(format: ${format}) canonicalContent signature } }`,
      );
      return { ...data.warrant, form: JSON.parse(data.warrant.interchange) };
    };

    test("as objects of TS 103 120: an authorisation, a task for each item, the original as a document", async () => {
      const { form } = await read("TS_103_120");
      expect(form.notice).toMatch(/not checked against the text of the standard/);
      expect(form.Header).toMatchObject({
        SenderIdentifier: { CountryCode: "FR", UniqueIdentifier: "fr-tj-paris" },
        ReceiverIdentifier: { UniqueIdentifier: "FACEBOOK" },
        Timestamp: start,
      });
      const objects = form.Payload.RequestPayload.ActionRequests.map(
        ({ CREATE }: { CREATE: { HI1Object: object } }) => CREATE.HI1Object,
      );
      expect(objects.map((object: object) => Object.keys(object)[0])).toEqual([
        "AuthorisationObject",
        "LDTaskObject",
        "LDTaskObject",
        "DocumentObject",
      ]);
      expect(objects[0].AuthorisationObject).toMatchObject({
        ObjectIdentifier: order.id,
        Generation: 3,
        AuthorisationReference: "PAR-2026/17",
        AuthorisationLegalType: { Owner: "ETSI", Name: "LegalType", Value: "EPOC" },
        AuthorisationStatus: { Value: "Approved" },
        AuthorisationServedTimestamp: start,
      });
      expect(objects[2].LDTaskObject).toMatchObject({
        AssociatedObjects: [order.id],
        Status: { Value: "AwaitingDisclosure" },
        RequestDetails: {
          Type: { Name: "RequestType", Value: "UserIdentifyingData" },
          StartTime: "2026-09-01T00:00:00.000Z",
          RequestValues: [{ FormatType: { FormatName: "Handle" }, Value: "quiet.heron" }],
        },
      });
    });

    test("along the sections of the certificate, without the one that is not for the addressee", async () => {
      const { form } = await read("EPOC_FORM", paris);
      expect(form).toMatchObject({
        form: "EPOC-FORM_1",
        A: { issuingState: "FR", file: "PAR-2026/17" },
        B: { addressee: "FACEBOOK", emergency: false },
        C: { issuedAt: start, priority: "TenDaysASAP", answerBy: "2026-12-03T10:00:00.000Z" },
        E: [{ kind: "HANDLE", value: "quiet.heron" }],
        F: { categories: ["SUBSCRIBER", "USER_IDENTIFICATION"], solePurposeIdentification: true },
        G: { offences: ["FR-1881-24"], committedOnline: true, offenceCountry: "FR" },
        I: { id: "fr-tj-paris", role: "JudgeCourtOrInvestigatingJudge" },
        J: null,
        L: { transferTo: "IssuingAuthority" },
      });
      expect(form.M).toBeUndefined();
    });

    test.each(["TS_103_120", "EPOC_FORM"])(
      "%s keeps the signed original byte for byte, and the reasons to itself",
      async (format) => {
        const { form, canonicalContent, signature, interchange } = await read(format);
        const document =
          form.original ??
          form.Payload.RequestPayload.ActionRequests.at(-1).CREATE.HI1Object.DocumentObject.DocumentBody;
        expect(document).toMatchObject({
          contents: canonicalContent,
          signature,
          checksum: { value: order.contentHash },
        });
        const bytes = Buffer.from(document.contents, "base64");
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(order.contentHash);
        expect(await verifyDetached(document.signature, bytes.toString("utf8"), signer.jwk)).toBe(true);
        expect(interchange + bytes.toString("utf8")).not.toMatch(/the only lead/);
      },
    );

    test("whoever does not see the warrant exports none", async () => {
      const { data } = await justice.ask(berlin, `{ warrant(id: "${order.id}") { interchange(format: EPOC_FORM) } }`);
      expect(data.warrant).toBeNull();
    });
  });
}
