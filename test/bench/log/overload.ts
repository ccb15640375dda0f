import { accessDrafts } from "../../../gateway/record/access-draft.js";
import type { RecordedReceipt, Recorder } from "../../../gateway/record/open-recorder.js";
import { reading } from "../../record/kit.js";

export interface Overload {
  readonly offered: number;
  readonly recorded: number;
  readonly refused: number;
  /** Milliseconds until a refusal was told. */
  readonly refusals: readonly number[];
  /** Resident memory before and at most, in MiB. */
  readonly before: number;
  readonly most: number;
  readonly receipts: readonly RecordedReceipt[];
}

const tickMs = 10;
const mebibyte = 1024 * 1024;

/** Offers so many leaves a second, whatever becomes of them: nobody waits for an answer before she asks again. */
export async function offer(
  recorder: Recorder,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Overload> {
  const receipts: RecordedReceipt[] = [];
  const refusals: number[] = [];
  const answers: Promise<void>[] = [];
  const drafts = accessDrafts(reading);
  const before = process.memoryUsage.rss() / mebibyte;
  let most = before;
  let offered = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
    for (; offered < due; offered += 1) {
      const asked = performance.now();
      answers.push(
        recorder.append(drafts).then(
          (receipt) => void receipts.push(receipt),
          () => void refusals.push(performance.now() - asked),
        ),
      );
    }
    most = Math.max(most, process.memoryUsage.rss() / mebibyte);
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  await Promise.all(answers);
  return { offered, recorded: receipts.length, refused: refusals.length, refusals, before, most, receipts };
}
