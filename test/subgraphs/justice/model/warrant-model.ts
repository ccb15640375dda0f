/**
 * A warrant as a clerk with a pencil would keep it: two items, of which the second is held for ten days; or a preservation of two, which holds nothing and is extended
 * once. It knows nothing of the program; where the two differ, one of them is wrong.
 */
export type ActName =
  | "issue"
  | "validate"
  | "decline"
  | "accept"
  | "contest"
  | "answer"
  | "notHeld"
  | "refuse"
  | "fulfil"
  | "clear"
  | "object"
  | "revoke"
  | "extend";
export type ActorName = "prosecutor" | "judge" | "provider" | "enforcer" | "central";

export interface Try {
  readonly act: ActName;
  readonly actor: ActorName;
  /** Places of the items named; null: all. */
  readonly items: readonly number[] | null;
}

export interface ModelItem {
  readonly status: string;
  /** Days after the issue until which it is held; null: not held, or cleared. */
  readonly heldUntil: number | null;
  readonly cleared: boolean;
}

export interface Model {
  readonly status: string;
  readonly items: readonly ModelItem[];
  /** Day of the issue. */
  readonly issued: number | null;
  readonly validated: boolean;
  /** The prosecutor may not order alone. */
  readonly needsValidation: boolean;
  readonly preservation: boolean;
  /** Day on which the clock ends it. */
  readonly ends: number;
  readonly extended: boolean;
  /** Acts that were done, the draft counted. */
  readonly done: number;
}

/** Days after the draft on which it expires. */
export const expiryDay = 30;

/** Days for which a preservation holds, and by which it is extended. */
export const preservedDays = 12;
export const extensionDays = 9;

export function draftModel(needsValidation: boolean, preservation: boolean): Model {
  const item = { status: "DRAFT", heldUntil: null, cleared: false };
  return {
    ...{ status: "DRAFT", items: [item, item], issued: null, validated: false, needsValidation, done: 1 },
    ...{ preservation, ends: expiryDay, extended: false },
  };
}

const open = ["ISSUED", "ACCEPTED", "CONTESTED"];

/** What everybody reads on a day. */
export function seenOn(model: Model, day: number): { status: string; items: string[] } {
  const expired = day >= model.ends && ["DRAFT", "AWAITING_VALIDATION", ...open].includes(model.status);
  const items = model.items.map(({ status, heldUntil }) => {
    if (expired && ["DRAFT", "ORDERED", "ACCEPTED", "CONTESTED"].includes(status)) return "LAPSED";
    return status === "ACCEPTED" && heldUntil !== null && day < heldUntil ? "HELD" : status;
  });
  return { status: expired ? "EXPIRED" : model.status, items };
}

/** What comes of a try on a day: the refusal's code, or the warrant after it. */
export function attempt(model: Model, { act, actor, items }: Try, day: number): { code: string } | { model: Model } {
  const refuse = (code: string) => ({ code });
  const status = seenOn(model, day).status;
  const sees = {
    prosecutor: true,
    central: true,
    judge: model.validated || (model.status === "AWAITING_VALIDATION" && model.needsValidation),
    provider: model.issued !== null,
    enforcer: model.issued !== null && !model.preservation,
  };
  if (!sees[actor]) return refuse("WARRANT_UNKNOWN");

  // What was given first may be validated later, which no warrant here was.
  const validating = ["AWAITING_VALIDATION", ...open, "FULFILLED"];
  const from: Record<ActName, readonly string[]> = {
    ...{ issue: ["DRAFT"], validate: validating, decline: validating },
    ...{ accept: open, contest: open, answer: open, notHeld: open, refuse: open, fulfil: open, clear: open },
    extend: open,
    ...{ object: [...open, "FULFILLED"], revoke: ["DRAFT", "AWAITING_VALIDATION", ...open] },
  };
  if (!from[act].includes(status)) return refuse("NOT_IN_THIS_STATUS");
  const issuing = ["issue", "answer", "extend"].includes(act);
  if (issuing && actor !== "prosecutor") return refuse("NOT_YOUR_ACT");
  if (act === "validate" || act === "decline") {
    if (actor !== "judge") return refuse("NOT_YOUR_ACT");
    if (status !== "AWAITING_VALIDATION") return refuse("NOT_AS_IT_STANDS");
  }
  if (act === "revoke" && (actor === "judge" || (actor === "central" && status === "DRAFT")))
    return refuse("NOT_YOUR_ACT");

  if (act === "fulfil" && model.preservation) return refuse("NOT_AS_IT_STANDS");
  if (act === "extend") {
    if (!model.preservation || model.extended) return refuse("NOT_AS_IT_STANDS");
    if (model.ends === expiryDay) return refuse("EXTENSION_NOT_OPEN");
  }

  const after = (change: Partial<Model>) => ({ model: { ...model, ...change, done: model.done + 1 } });
  const order = (change: Partial<Model>) =>
    after({
      ...change,
      status: "ISSUED",
      issued: day,
      ends: model.preservation ? Math.min(day + preservedDays, expiryDay) : expiryDay,
      items: model.items.map((item, place) => ({
        ...item,
        status: "ORDERED",
        heldUntil: place === 1 && !model.preservation ? day + 10 : null,
      })),
    });
  switch (act) {
    case "issue":
      return model.needsValidation ? after({ status: "AWAITING_VALIDATION" }) : order({});
    case "validate":
      return order({ validated: true });
    case "decline":
    case "revoke":
      return after({
        status: "REVOKED",
        validated: act === "decline" || model.validated,
        items: model.items.map((item) =>
          ["DRAFT", "ORDERED", "ACCEPTED", "CONTESTED"].includes(item.status) ? { ...item, status: "LAPSED" } : item,
        ),
      });
    case "extend":
      return after({ extended: true, ends: Math.min(model.ends + extensionDays, expiryDay) });
    case "answer":
      if (!model.items.some((item) => item.status === "CONTESTED")) return refuse("NOT_AS_IT_STANDS");
      return after(withItems(model, (item) => (item.status === "CONTESTED" ? { ...item, status: "ORDERED" } : item)));
    default:
      return answerItems(model, { act, items }, day, after);
  }
}

const takes: Record<string, readonly string[]> = {
  accept: ["ORDERED"],
  contest: ["ORDERED"],
  notHeld: ["ORDERED", "ACCEPTED"],
  refuse: ["ORDERED", "CONTESTED"],
  fulfil: ["ACCEPTED"],
  clear: ["ORDERED", "ACCEPTED", "CONTESTED"],
  object: ["ORDERED", "ACCEPTED", "CONTESTED", "DISCLOSED"],
};
const leads: Record<string, string> = {
  ...{ accept: "ACCEPTED", contest: "CONTESTED", notHeld: "NOT_HELD", refuse: "REFUSED" },
  ...{ fulfil: "DISCLOSED", object: "REFUSED" },
};

function answerItems(
  model: Model,
  { act, items }: Pick<Try, "act" | "items">,
  day: number,
  after: (change: Partial<Model>) => { model: Model },
): { code: string } | { model: Model } {
  const possible = model.items.flatMap(({ status }, place) => (takes[act]?.includes(status) ? [place] : []));
  if (items === null && possible.length === 0) return { code: "NOTHING_OPEN" };
  if (items?.some((place) => !possible.includes(place))) return { code: "ITEM_NOT_OPEN" };
  // What an instrument has preserved is not refused.
  if (act === "refuse" && model.preservation) return { code: "ORDER_COMPULSORY" };
  const named = items ?? possible;
  const isHeld = (place: number): boolean => {
    const until = model.items[place]?.heldUntil ?? null;
    return until !== null && day < until;
  };
  let chosen = named;
  if (act === "fulfil") {
    chosen = named.filter((place) => !isHeld(place));
    if (chosen.length === 0 || (items !== null && chosen.length < named.length)) return { code: "ITEM_HELD" };
  }
  if (act === "clear" || act === "object") {
    // Only the second item was notified.
    chosen = named.filter((place) => place === 1 && isHeld(place) && !model.items[place]?.cleared);
    if (chosen.length === 0 || (items !== null && chosen.length < named.length)) return { code: "NOT_OPEN_TO_REVIEW" };
  }
  return after(
    withItems(model, (item, place) => {
      if (!chosen.includes(place)) return item;
      return act === "clear"
        ? { ...item, heldUntil: null, cleared: true }
        : { ...item, status: leads[act] ?? item.status };
    }),
  );
}

function withItems(model: Model, change: (item: ModelItem, place: number) => ModelItem): Partial<Model> {
  const items = model.items.map(change);
  const has = (...statuses: string[]): boolean => items.some(({ status }) => statuses.includes(status));
  let status = "REFUSED";
  if (has("DISCLOSED", "NOT_HELD")) status = "FULFILLED";
  if (has("ORDERED")) status = "ISSUED";
  if (has("CONTESTED")) status = "CONTESTED";
  if (has("ACCEPTED") || (has("DISCLOSED") && has("ORDERED", "CONTESTED"))) status = "ACCEPTED";
  return { items, status };
}
