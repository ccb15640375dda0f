import { createHash } from "node:crypto";
import { canonicalJson } from "../../schema/canonical-json.js";
import type { DataCategory, ProtectedRole, WarrantKind } from "../../schema/law/vocabulary.js";
import type { TargetKind } from "./words.js";

/** What the issuing authority believes about a person. Null: she says nothing about it. */
export interface Believed {
  readonly nationality: string | null;
  readonly residence: string | null;
  readonly locatedIn: string | null;
  readonly protectedRole: ProtectedRole | null;
  readonly grounds: string | null;
}

/** Null where nothing is believed: an empty belief and none are the same content. */
export function beliefOf(facts: Partial<Believed> | null | undefined): Believed | null {
  const belief: Believed = {
    nationality: facts?.nationality ?? null,
    residence: facts?.residence ?? null,
    locatedIn: facts?.locatedIn ?? null,
    protectedRole: facts?.protectedRole ?? null,
    grounds: facts?.grounds ?? null,
  };
  return Object.values(belief).every((fact) => fact === null) ? null : belief;
}

export interface NamedTarget {
  readonly kind: TargetKind;
  readonly value: string;
  readonly at: Date | null;
  readonly believed: Believed | null;
}

/** Everything that makes a warrant this warrant: changed in one letter, it is another one. */
export interface WarrantContent {
  readonly id: string;
  readonly kind: WarrantKind;
  readonly caseReference: string;
  /** In the order of the case, which breaks ties between offences. */
  readonly offenceCodes: readonly string[];
  readonly committedOnline: boolean;
  readonly offenceCountry: string | null;
  readonly issuingAuthority: string;
  readonly platform: string;
  readonly categories: readonly DataCategory[];
  readonly targets: readonly NamedTarget[];
  readonly period: { readonly from: Date; readonly to: Date } | null;
  readonly expiresAt: Date;
  readonly solePurposeIdentification: boolean;
  readonly emergency: boolean;
  readonly emergencyGround: string | null;
  readonly necessity: string | null;
  readonly preserves: string | null;
  readonly replaces: string | null;
}

/**
 * The one text of a warrant's content (RFC 8785), which hash and signature cover. Times are RFC 3339 UTC with milliseconds, what is absent is
 * null, categories and targets are sorted by their own canonical text in UTF-16 code units. Of the necessity only its SHA-256 is in it, so that
 * the provider can check the hash without reading the reasons.
 */
export function canonicalContent(content: WarrantContent): string {
  const { caseReference, offenceCodes, issuingAuthority, necessity, period, expiresAt, targets, categories, ...rest } =
    content;
  return canonicalJson({
    v: 1,
    ...rest,
    caseReference,
    offenceCodes,
    issuingAuthority,
    categories: [...categories].sort(),
    targets: sortByText(targets.map(targetContent)),
    period: period && { from: instant(period.from), to: instant(period.to) },
    expiresAt: instant(expiresAt),
    necessityHash: necessity === null ? null : sha256(necessity),
  });
}

/** SHA-256, lower-case hex, of the text's UTF-8 bytes. */
export function contentHash(canonical: string): string {
  return sha256(canonical);
}

function targetContent({ kind, value, at, believed }: NamedTarget): object {
  return { kind, value, at: at && instant(at), believed };
}

function sortByText(values: readonly object[]): object[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value);
}

function instant(date: Date): string {
  return date.toISOString();
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
