import type { DataCategory } from "../../../schema/law/vocabulary.js";
import type { ItemStatus, TargetKind, WarrantStatus } from "../words.js";
import { type ExportedWarrant, instant, notChecked, original } from "./exported-warrant.js";

/** Owner of dictionary entries that are our own: unknown national values survive beside them. */
const own = "rogatory";
const entry = (name: string, value: string, owner = "ETSI"): object => ({ Owner: owner, Name: name, Value: value });

const states: Readonly<Record<WarrantStatus, string>> = {
  ...{ DRAFT: "AwaitingApproval", AWAITING_VALIDATION: "AwaitingApproval", ISSUED: "SubmittedToCSP" },
  ...{ ACCEPTED: "Approved", CONTESTED: "SubmittedToCSP", REFUSED: "Rejected", FULFILLED: "Approved" },
  ...{ REVOKED: "Cancelled", EXPIRED: "Expired" },
};
const taskStates: Readonly<Record<ItemStatus, string>> = {
  ...{
    DRAFT: "AwaitingApproval",
    ORDERED: "AwaitingDisclosure",
    ACCEPTED: "AwaitingDisclosure",
    HELD: "AwaitingDisclosure",
  },
  ...{
    CONTESTED: "AwaitingDisclosure",
    REFUSED: "Rejected",
    NOT_HELD: "Invalid",
    DISCLOSED: "Disclosed",
    LAPSED: "Cancelled",
  },
};
/** A preservation holds from its receipt, whatever is answered to it, until it is over. */
const preservedStates: Partial<Readonly<Record<ItemStatus, string>>> = {
  ...{ ORDERED: "Preserved", ACCEPTED: "Preserved", CONTESTED: "Preserved" },
};
const requestTypes: Readonly<Record<DataCategory, string>> = {
  SUBSCRIBER: "SubscriberData",
  USER_IDENTIFICATION: "UserIdentifyingData",
  TRAFFIC: "TrafficData",
  CONTENT: "StoredContentData",
};
const identifierFormats: Readonly<Record<TargetKind, string>> = {
  ...{ ACCOUNT_ID: "UserId", HANDLE: "Handle", POST_URL: "URL", EMAIL: "EmailAddress", PHONE: "InternationalE164" },
  IP_ADDRESS: "IPAddress",
};

/**
 * The warrant as objects of the warrant information interface (ETSI TS 103 120): one Authorisation, a disclosure or preservation task for each item, the signed original as
 * a Document, in one request. `at` dates the message.
 */
export function toTs103120(exported: ExportedWarrant, at: Date): object {
  const { warrant, status, issuing, validating, targets, items } = exported;
  const [task, statesOfTasks] =
    warrant.kind === "PRESERVATION"
      ? (["LPTask", { ...taskStates, ...preservedStates }] as const)
      : (["LDTask", taskStates] as const);
  const base = (id: string) => ({
    ObjectIdentifier: id,
    CountryCode: issuing.country,
    OwnerIdentifier: issuing.id,
    Generation: warrant.version,
    LastChanged: instant(warrant.changedAt),
  });
  const timespan = warrant.periodFrom && {
    StartTime: instant(warrant.periodFrom),
    EndTime: instant(warrant.periodTo),
  };
  const authorisation = {
    ...base(warrant.id),
    ...(warrant.preservesId !== null && { AssociatedObjects: [warrant.preservesId] }),
    AuthorisationReference: exported.case.reference,
    AuthorisationLegalType: entry("LegalType", warrant.kind === "PRODUCTION" ? "EPOC" : "EPOCPR"),
    AuthorisationPriority: entry("Priority", warrant.emergency ? "EightHours" : "TenDaysASAP"),
    AuthorisationStatus: entry("AuthorisationStatus", states[status]),
    AuthorisationTimespan: { StartTime: instant(warrant.issuedAt), EndTime: instant(warrant.expiresAt) },
    AuthorisationCSPID: [{ CountryCode: null, UniqueIdentifier: warrant.platform }],
    AuthorisationCreationTimestamp: instant(warrant.draftedAt),
    AuthorisationServedTimestamp: instant(warrant.issuedAt),
    AuthorisationApprovalDetails: [issuing, ...(validating === null ? [] : [validating])].map((authority, place) => ({
      ApprovalType: place === 0 ? "IssuingAuthority" : "ValidatingAuthority",
      ApproverDetails: { ApproverIdentifier: authority.id, ApproverName: authority.name },
      ApprovalRole: entry("ApproverRole", authority.kind, own),
      ApprovalIsEmergency: warrant.emergency,
    })),
    AuthorisationFlags: warrant.emergency ? [entry("Flag", "IsEmergency")] : [],
    AuthorisationJurisdiction: issuing.country,
    AuthorisationTypeOfCase: exported.case.offenceCodes.map((code) => entry("Offence", code, own)),
  };
  const tasks = items.map((item) => {
    const target = targets.find(({ id }) => id === item.targetId);
    return {
      ...base(item.id),
      AssociatedObjects: [warrant.id],
      Status: entry(`${task}Status`, statesOfTasks[item.status]),
      RequestDetails: {
        Type: entry("RequestType", requestTypes[item.category]),
        ...timespan,
        RequestValues: target && [
          {
            FormatType: { FormatOwner: own, FormatName: identifierFormats[target.kind] },
            Value: target.value,
            At: instant(target.at),
          },
        ],
      },
    };
  });
  const document = {
    ...base(`${warrant.id}-original`),
    AssociatedObjects: [warrant.id],
    DocumentBody: original(warrant),
  };
  const actions = [
    { AuthorisationObject: authorisation },
    ...tasks.map((each) => ({ [`${task}Object`]: each })),
    { DocumentObject: document },
  ];
  return {
    notice: notChecked,
    Header: {
      SenderIdentifier: { CountryCode: issuing.country, UniqueIdentifier: issuing.id },
      ReceiverIdentifier: { CountryCode: null, UniqueIdentifier: warrant.platform },
      TransactionIdentifier: `${warrant.id}.${warrant.version}`,
      Timestamp: instant(at),
      Version: { ETSIVersion: null, NationalProfileOwner: own, NationalProfileVersion: "1" },
    },
    Payload: {
      RequestPayload: {
        ActionRequests: actions.map((HI1Object, place) => ({ ActionIdentifier: place, CREATE: { HI1Object } })),
      },
    },
  };
}
