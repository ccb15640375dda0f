import type { Questions } from "../../../schema/law/decide-best.js";
import type { DataCategory } from "../../../schema/law/vocabulary.js";
import type { AccessLeaf } from "../../../schema/ledger/leaf.js";
import type { EntityManager } from "../../kit/subgraph.js";
import { openReference } from "../integrate/open-reference.js";
import { readIntegrated } from "../integrate/read-batches.js";
import { readOpenings } from "../integrate/read-openings.js";

/** What a record's decisions were made on, by category; "NONE": the law was not asked; "ERASED": its opening is gone. Throws OpeningFault. */
export async function openQuestion(
  em: EntityManager,
  index: number,
  { question }: AccessLeaf,
): Promise<Readonly<Partial<Record<DataCategory, Questions>>> | "NONE" | "ERASED"> {
  if (question === null) return "NONE";
  const [batch] = await readIntegrated(em, index, 1);
  if (batch === undefined) return "ERASED";
  const openings = (await readOpenings(em, [batch]))(batch, index - (batch.firstIndex as number));
  const text = openReference(question, { reference: "question", index, openings });
  return text === null ? "ERASED" : JSON.parse(text);
}
