import { type DutyChange, maxDuties, type WarrantLeaf } from "../../schema/ledger/leaf.js";
import { asReference, asWord, type LeafDraft } from "./draft.js";

type SaidAsItIs =
  | "what"
  | "doneAt"
  | "from"
  | "to"
  | "by"
  | "country"
  | "authorityKind"
  | "kind"
  | "categories"
  | "emergency"
  | "issued"
  | "validationOwed"
  | "validatedBy"
  | "signingKey";

/** An act on a warrant, as justice hands it over to be recorded. */
export interface ActToRecord extends Pick<WarrantLeaf, SaidAsItIs | "platform"> {
  readonly id: string;
  readonly actor: string;
  readonly warrantId: string;
  readonly contentHash: string;
  readonly caseId: string;
  readonly authorityId: string;
  readonly deadlineAt: string | null;
  readonly deadlineState: NonNullable<WarrantLeaf["deadline"]>["state"] | null;
  readonly duties: readonly (DutyChange & { readonly id: string })[];
}

/** A draft and the name under which its act stands in the log, once. */
export interface ActDraft {
  readonly name: string;
  readonly draft: LeafDraft;
}

/** The drafts of one act: one leaf, or several with the same head where it changed more obligations than one leaf has room for. */
export function actDrafts(act: ActToRecord): ActDraft[] {
  const { what, doneAt, from, to, by, country, authorityKind, kind, categories } = act;
  const { emergency, issued, validationOwed, validatedBy, signingKey, deadlineAt, deadlineState } = act;
  return inParts(act.duties).map((duties, part) => {
    const name = part === 0 ? act.id : `${act.id}#${part}`;
    return {
      name,
      draft: {
        references: {
          act: name,
          actor: asReference(act.actor),
          warrant: asReference(act.warrantId),
          warrantContent: act.contentHash,
          case: asReference(act.caseId),
          obligations: duties.length === 0 ? null : JSON.stringify(duties.map(({ id }) => id)),
        },
        clear: {
          type: "WARRANT",
          ...{ what, doneAt: new Date(doneAt).toISOString(), from, to, by, country, authorityKind, kind, categories },
          ...{ emergency, issued, validationOwed, validatedBy },
          authority: asWord(act.authorityId),
          platform: asWord(act.platform),
          signingKey: signingKey === null ? null : asWord(signingKey),
          deadline: deadlineAt === null || deadlineState === null ? null : { at: deadlineAt, state: deadlineState },
          duties: duties.map(({ kind: duty, owner, state, dueAt }) => ({ kind: duty, owner, state, dueAt })),
        },
      },
    };
  });
}

function inParts<T>(list: readonly T[]): (readonly T[])[] {
  const parts = Math.max(1, Math.ceil(list.length / maxDuties));
  return Array.from({ length: parts }, (_, part) => list.slice(part * maxDuties, (part + 1) * maxDuties));
}
