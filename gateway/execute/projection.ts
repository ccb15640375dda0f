import type { GraphQLFormattedError } from "graphql";
import type { IdentityField } from "../../schema/identity/catalog.js";
import type { Ask, Denial } from "../door/types.js";
import { type Failure, misshapen } from "./failure.js";
import type { Disclosure, Mark, Path } from "./mark.js";

/** Denied paths that are told one by one as errors; the rest stands in `withheld` alone. */
const mostDenials = 100;

/** What one answer comes to beside its data: filled while the data is projected, in the order of the answer. */
export class Projection {
  readonly errors: GraphQLFormattedError[] = [];
  readonly withheld = new Map<Denial, Path[]>();
  readonly previewed = new Map<IdentityField, Path[]>();
  /** What the door released and is in the answer so far: null propagation takes it out again. */
  readonly released: Disclosure[] = [];
  /** Where projection is; only the first `depth` steps count. */
  readonly path: (string | number)[] = [];
  depth = 0;
  #denials = 0;

  /** `against`: what by now stands against a value that the door let through; null: nothing. */
  constructor(readonly against: ((ask: Ask) => Denial | null) | null = null) {}

  fail(failure: Failure = misshapen, below: Path = []): void {
    this.errors.push({ message: failure.message, path: this.here(below), extensions: { code: failure.code } });
  }

  /** Tells the causes of a mark; `clientPath` translates where a fault really was. */
  tell(mark: Mark, clientPath: (below: Path) => Path): void {
    for (let each: Mark | null = mark; each; each = each.also) {
      const { cause, below } = each;
      if (cause.kind === "FAILED") this.fail(cause.failure, clientPath(below));
      else if (cause.kind === "PREVIEW") add(this.previewed, cause.field, this.here());
      else this.deny(cause.denial);
    }
  }

  private deny(denial: Denial): void {
    const path = this.here();
    add(this.withheld, denial, path);
    this.#denials += 1;
    if (this.#denials > mostDenials) return;
    this.errors.push({
      message: `Withheld: ${denial.reason}`,
      path,
      extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", decision: { ...denial } },
    });
  }

  private here(below: Path = []): (string | number)[] {
    return [...this.path.slice(0, this.depth), ...below];
  }
}

function add<Key>(paths: Map<Key, Path[]>, key: Key, path: Path): void {
  const known = paths.get(key);
  if (known) known.push(path);
  else paths.set(key, [path]);
}
