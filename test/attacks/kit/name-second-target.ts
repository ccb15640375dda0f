import { createHash } from "node:crypto";
import { canonicalJson } from "../../../schema/canonical-json.js";
import { namesAlso } from "../../leaks/scan-answer.js";
import type { Installation } from "./installation.js";

/** Lets a warrant name u02 beside the one it names, in the same words: none of the demo data names two persons. */
export async function nameSecondTarget({ sql }: Installation, target: string): Promise<void> {
  await sql(
    `insert into justice.warrant_targets
      select (jsonb_populate_record(t, '{"id":"target-second","account_id":"u02","residence":"DE","position":1}')).*
      from justice.warrant_targets t where id = $1`,
    [target],
  );
  await sql(
    `insert into justice.warrant_items
      select (jsonb_populate_record(i, jsonb_build_object('id', i.id || '-second', 'target_id', 'target-second'))).*
      from justice.warrant_items i where target_id = $1`,
    [target],
  );
  const [warrant] = await sql(
    "select w.id, w.content from justice.warrants w join justice.warrant_targets t on t.warrant_id = w.id where t.id = $1",
    [target],
  );
  const text = JSON.parse(String(warrant?.content));
  const [first] = text.targets;
  text.targets.push({ ...first, believed: { ...first.believed, residence: "DE" } });
  const content = canonicalJson(text);
  const hash = createHash("sha256").update(content).digest("hex");
  await sql("update justice.warrants set content = $1, content_hash = $2 where id = $3", [content, hash, warrant?.id]);
  namesAlso(String(warrant?.id), "u02");
}
