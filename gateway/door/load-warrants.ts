import { readIdentifier } from "../../schema/identity/identifier.js";
import { readIpEndpoint } from "../../schema/ip-address.js";
import { BoundedCache } from "../plan/bounded-cache.js";
import { batchLoads } from "./batch.js";
import { isAuthentic, type SignedText } from "./is-authentic.js";
import { sameJson } from "./same-json.js";
import type { DoorTarget, DoorWarrant, NamedIdentifier } from "./warrant.js";

/** Asks a service in the gateway's own name (role GATEWAY). Throws when it cannot be reached or answers an error. */
export type AskService = (
  service: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Record<string, unknown>>;

const document = /* GraphQL */ `
  query DoorWarrants($ids: [ID!]!) {
    doorWarrants(ids: $ids) {
      id kind status asIssued contentHash authorityId authorityKind validatingAuthorityKind country platform caseId categories
      offenceCodes committedOnline offenceCountry solePurposeIdentification emergency issuedAt expiresAt periodFrom periodTo
      targets { id kind value at accountId believedNationality believedResidence believedLocatedIn believedProtectedRole }
      items { id targetId category status heldUntil cleared }
      content unsigned signatures { jws jwk keyRevokedAt }
    }
  }
`;

interface WireTarget {
  readonly id: string;
  readonly kind: string;
  readonly value: string;
  readonly at: string | null;
  readonly accountId: string | null;
  readonly believedNationality: string | null;
  readonly believedResidence: string | null;
  readonly believedLocatedIn: string | null;
  readonly believedProtectedRole: DoorTarget["believed"]["protectedRole"];
}

type WireWarrant = Omit<DoorWarrant, "period" | "targets" | "authentic"> &
  SignedText & {
    readonly periodFrom: string | null;
    readonly periodTo: string | null;
    readonly targets: readonly WireTarget[];
  };

/** Warrants of which it is remembered how they were last told; one names at most a hundred targets. */
const mostRemembered = 100;

/**
 * Loads warrants as they stand now, those of concurrent operations in one call; undefined for an id that justice does not know. Justice is asked each time. Where it answers, word for
 * word, what it answered last, the warrant is the same object: what was made of that answer, its signatures verified, is not made again.
 */
export function loadWarrants(ask: AskService): (id: string) => Promise<DoorWarrant | undefined> {
  const remembered = new BoundedCache<{ readonly wire: WireWarrant; readonly warrant: DoorWarrant }>(mostRemembered);
  const readOrRecognise = async (wire: WireWarrant): Promise<DoorWarrant> => {
    const last = remembered.get(wire.id);
    if (last !== undefined && sameJson(last.wire, wire)) return last.warrant;
    const warrant = await read(wire);
    remembered.set(wire.id, { wire, warrant });
    return warrant;
  };
  return batchLoads(async (ids) => {
    const { doorWarrants } = (await ask("justice", document, { ids })) as {
      doorWarrants: readonly (WireWarrant | null)[];
    };
    const known = doorWarrants.filter((wire) => wire !== null);
    return new Map(await Promise.all(known.map(async (wire) => [wire.id, await readOrRecognise(wire)] as const)));
  });
}

/** What the target names by which one may search; null where it names an account, or nothing that can be read. */
function namedBy({ kind, value, at }: WireTarget): NamedIdentifier | null {
  if (kind === "EMAIL" || kind === "PHONE")
    return readIdentifier(kind, { email: value, phone: value }) as NamedIdentifier | null;
  const endpoint = kind === "IP_ADDRESS" && at !== null ? readIpEndpoint(value) : null;
  return endpoint && at !== null ? { kind: "IP_ADDRESS", ...endpoint, at } : null;
}

function namedOf(target: WireTarget): Pick<DoorTarget, "named"> {
  const named = namedBy(target);
  return named === null ? {} : { named };
}

/** The account that was pinned at the draft. One that is named by its id is that one, whatever the row says. */
function accountOf({ kind, value, accountId }: WireTarget): string | null {
  return kind === "ACCOUNT_ID" && accountId !== value ? null : accountId;
}

async function read(wire: WireWarrant): Promise<DoorWarrant> {
  const { periodFrom, periodTo, targets, content: _text, unsigned: _unsigned, signatures: _signatures, ...told } = wire;
  return {
    ...told,
    authentic: await isAuthentic(wire),
    period: periodFrom !== null && periodTo !== null ? { from: periodFrom, to: periodTo } : null,
    targets: targets.map((target) => ({
      id: target.id,
      kind: target.kind,
      value: target.value,
      accountId: accountOf(target),
      ...namedOf(target),
      believed: {
        nationality: target.believedNationality,
        residence: target.believedResidence,
        locatedIn: target.believedLocatedIn,
        protectedRole: target.believedProtectedRole,
      },
    })),
  };
}
