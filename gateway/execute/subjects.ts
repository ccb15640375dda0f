import type { KnownFacts } from "../../schema/calls.js";
import { factsField } from "../../schema/identity/identity-spec.js";
import { sameFacts } from "../door/same-facts.js";
import type { Subject } from "../door/types.js";
import { type Data, isData } from "./data.js";

/**
 * The persons of one operation, as the public halves describe them. If one person appears with different facts, or one entity with different persons, somebody
 * is wrong about whom the data is about: then nothing of hers is asked for any more.
 */
export class Subjects {
  readonly #persons = new Map<string, Subject>();
  readonly #entities = new Map<string, Subject | null>();
  readonly #doubtful = new Set<Subject | string>();
  readonly #doubted = new Map<Subject, Subject>();

  /** Distinct persons met so far. */
  get count(): number {
    return this.#persons.size;
  }

  /**
   * Remembers whom an entity's representation names. Every representation of a passage is met before the first is judged. `entity` stands for the entity
   * and the path on which it names her.
   */
  meet(entity: string, representation: Data, path: readonly string[]): void {
    const subject = this.person(representation, path);
    const known = this.#entities.get(entity);
    if (known !== undefined && known !== subject) this.#doubtful.add(entity);
    this.#entities.set(entity, subject);
  }

  /** The person an entity is about, one object for each; null where none is named, or different ones are. With different facts she is doubtful. */
  of(entity: string): Subject | null {
    const subject = this.#entities.get(entity) ?? null;
    if (subject === null || this.#doubtful.has(entity)) return null;
    return this.#doubtful.has(subject) ? this.doubted(subject) : subject;
  }

  private doubted(subject: Subject): Subject {
    const known = this.#doubted.get(subject) ?? { ...subject, doubtful: true };
    this.#doubted.set(subject, known);
    return known;
  }

  /** One object for each person, with the facts by which she was first described. */
  private person(representation: Data, path: readonly string[]): Subject | null {
    let node: unknown = representation;
    for (const step of path) node = isData(node) ? node[step] : null;
    if (!isData(node)) return null;
    const { id, [factsField]: facts } = node;
    if (typeof id !== "string" || !areFacts(facts)) return null;
    const known = this.#persons.get(id);
    if (known) {
      if (!sameFacts(known.facts, facts)) this.#doubtful.add(known);
      return known;
    }
    const { providerCountry, residence, nationality, locatedIn, protectedRole } = facts;
    const subject = { id, facts: { providerCountry, residence, nationality, locatedIn, protectedRole } };
    this.#persons.set(id, subject);
    return subject;
  }
}

function areFacts(facts: unknown): facts is KnownFacts {
  if (!isData(facts) || typeof facts.providerCountry !== "string") return false;
  return isFact(facts.residence) && isFact(facts.nationality) && isFact(facts.locatedIn) && isFact(facts.protectedRole);
}

function isFact(fact: unknown): boolean {
  return fact === null || typeof fact === "string";
}
