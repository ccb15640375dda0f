import { decide } from "../../../schema/law/decide.js";
import type { Decision } from "../../../schema/law/decision.js";
import type { Question } from "../../../schema/law/question.js";
import type { RuleBook } from "../../../schema/law/rule-book.js";
import { Random } from "../../fuzz/random.js";
import { askAround } from "./ask-around.js";
import { type Opinion, SecondOpinion } from "./second-opinion.js";

/** What a run of questions came to. */
export interface Comparison {
  readonly questions: number;
  /** Two readers of one book who do not agree: the question and both answers. Empty: they always did. */
  readonly differences: readonly Difference[];
  /** How often each rule decided, by id; how often each code was given; how often each boundary was stood on. */
  readonly rules: ReadonlyMap<string, number>;
  readonly codes: ReadonlyMap<string, number>;
  readonly boundaries: ReadonlyMap<string, number>;
  readonly authorities: ReadonlyMap<string, number>;
}

export interface Difference {
  readonly question: Question;
  readonly decided: Opinion;
  readonly cedar: Opinion;
}

/** Differences after which a run stops: the first ones tell enough. */
const enough = 5;

/** Puts this many questions, those of the seed, to `decide` and to Cedar. `tick` hears of every thousandth. */
export function compare(
  book: RuleBook,
  { questions, seed }: { readonly questions: number; readonly seed: number },
  tick: (asked: number) => void = () => undefined,
): Comparison {
  const ask = askAround(book, new Random(seed));
  const cedar = new SecondOpinion(book);
  const differences: Difference[] = [];
  const [rules, codes, boundaries, authorities] = [counter(), counter(), counter(), counter()];
  let asked = 0;
  while (asked < questions && differences.length < enough) {
    const { question, boundary } = ask();
    asked += 1;
    const decision = decide(question, book);
    const opinion = cedar.on(question);
    const decided = inOpinion(decision, opinion);
    if (JSON.stringify(decided) !== JSON.stringify(opinion)) differences.push({ question, decided, cedar: opinion });
    count(rules, decision.ruleId ?? "none");
    count(codes, decision.code);
    count(authorities, question.authority);
    if (boundary !== null) count(boundaries, boundary);
    if (asked % 1000 === 0) tick(asked);
  }
  return { questions: asked, differences, rules, codes, boundaries, authorities };
}

/** A decision as far as Cedar has an opinion of it. */
function inOpinion({ effect, permitted, ruleId, code, channels }: Decision, opinion: Opinion): Opinion {
  return {
    effect,
    permitted,
    ruleId: opinion.ruleId === null && effect === "DENY" ? null : ruleId,
    code: code === "PERMITTED" || code === "NATIONAL_PRECONDITION" ? code : "OTHER",
    channels,
  };
}

function counter(): Map<string, number> {
  return new Map();
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
