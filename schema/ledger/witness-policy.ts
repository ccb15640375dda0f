import { NoteFault, type NoteVerifier, readNoteVerifier } from "./note.js";

/** A witness, and where it is asked. */
export interface PolicyWitness {
  readonly verifier: NoteVerifier;
  /** Submission prefix; `/add-checkpoint` follows. */
  readonly url: string;
}

/** Who is asked to sign checkpoints, and how many must. */
export interface WitnessPolicy {
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: number;
}

/**
 * Reads a witness policy, the lines of C2SP tlog-policy that say k of n: `witness NAME KEY URL`, one `group NAME K NAME…`, `quorum NAME` (or `none`); `#` begins
 * a comment. Throws NoteFault with the line.
 */
export function readPolicy(text: string): WitnessPolicy {
  const witnesses = new Map<string, PolicyWitness>();
  const groups = new Map<string, { readonly quorum: number; readonly members: readonly string[] }>();
  let chosen: string | null = null;
  for (const [place, line] of text.split("\n").entries()) {
    const insist = (holds: boolean, expected: string): void => {
      if (!holds) throw new NoteFault(`line ${place + 1} of the witness policy: expected ${expected}`);
    };
    const [word, name = "", ...rest] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (word === "" || word === undefined) continue;
    insist(["witness", "group", "quorum"].includes(word), "witness, group or quorum");
    insist(
      (name !== "" && !witnesses.has(name) && (word === "quorum" || !groups.has(name))) || word === "quorum",
      "a name of its own",
    );
    if (word === "witness") {
      const [key = "", url = ""] = rest;
      insist(rest.length === 2 && /^https?:\/\/\S+$/.test(url), "witness NAME KEY URL");
      const verifier = readNoteVerifier(key);
      insist(verifier.algorithm === "COSIGNATURE", "the key of a witness, not of a log");
      witnesses.set(name, { verifier, url: url.replace(/\/$/, "") });
    } else if (word === "group") {
      const [count = "", ...members] = rest;
      const quorum = count === "all" ? members.length : count === "any" ? 1 : Number(count);
      const distinct = new Set(members).size === members.length && members.every((member) => witnesses.has(member));
      insist(
        Number.isInteger(quorum) && quorum >= 1 && quorum <= members.length && distinct,
        "group NAME K and names of witnesses above it",
      );
      groups.set(name, { quorum, members });
    } else {
      insist(
        chosen === null && rest.length === 0 && (name === "none" || groups.has(name) || witnesses.has(name)),
        "one quorum, of a group or witness above it",
      );
      chosen = name;
    }
  }
  if (chosen === null) throw new NoteFault("the witness policy has no quorum: expected a line `quorum NAME`");
  const group = groups.get(chosen) ?? { quorum: chosen === "none" ? 0 : 1, members: chosen === "none" ? [] : [chosen] };
  return { quorum: group.quorum, witnesses: group.members.map((member) => witnesses.get(member) as PolicyWitness) };
}
