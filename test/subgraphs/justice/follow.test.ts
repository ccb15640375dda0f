import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { oneDatabase } from "../../kit/databases.js";
import { accepted, issued } from "./acts.js";
import {
  berlin,
  engineer,
  facebook,
  type JusticeUnderTest,
  openJustice,
  paris,
  type Who,
} from "./justice-under-test.js";

const start = "2026-11-23T10:00:00.000Z";
const duties = {
  SUBSCRIBER: { obligations: [{ kind: "INFORM_USER", owner: "ISSUING_AUTHORITY", dueHours: 48, text: "Inform." }] },
};

describe.each(oneDatabase)("what happened since, on the %s database", (kind) => {
  let justice: JusticeUnderTest;
  beforeAll(async () => {
    justice = await openJustice(kind, start);
  });
  afterAll(() => justice.close());

  const since = async (root: string, who: Who, after: string | null, fields = "id") => {
    const query = `query ($after: String) { ${root}(after: $after) { cursor nodes { ${fields} } } }`;
    const { data, errors } = await justice.ask(who, query, { after });
    return data?.[root] ?? errors;
  };

  test("an order on which somebody acted comes once, whatever she did, and not again", async () => {
    const { cursor } = await since("warrantChangedSince", paris, null);
    const { id } = await accepted(justice, paris);
    const happened = await since("warrantChangedSince", paris, cursor, "id status");
    expect(happened.nodes).toEqual([{ id, status: "ACCEPTED" }]);
    expect((await since("warrantChangedSince", paris, happened.cursor)).nodes).toEqual([]);
    expect((await since("warrantChangedSince", berlin, cursor)).nodes).toEqual([]);
  });

  test("an act that began first and was committed last is not passed over", async () => {
    if (kind === "embedded") return;
    const { cursor } = await since("warrantChangedSince", paris, null);
    const late = await issued(justice, paris);
    const begun = justice.running.em();
    await begun.begin();
    const insert = `insert into justice.warrant_events (id, warrant_id, version, at, to_status, by_party, actor, facts)
      values (?, ?, 99, now(), 'ISSUED', 'PROVIDER', 'somebody', '{}')`;
    await begun.execute(insert, ["event-late", late.id]);
    const early = await issued(justice, paris);
    const first = await since("warrantChangedSince", paris, cursor);
    expect(first.nodes.map(({ id }: { id: string }) => id)).toEqual([late.id, early.id]);
    await begun.commit();
    expect((await since("warrantChangedSince", paris, first.cursor)).nodes).toEqual([{ id: late.id }]);
  });

  test("an obligation comes when its time has come, in that very millisecond, unless it was done", async () => {
    Object.assign(justice.world, { law: duties });
    justice.now = new Date(start);
    const { id } = await issued(justice, paris);
    const { cursor } = await since("obligationDueSince", paris, null);
    justice.now = new Date("2026-11-25T09:59:59.999Z");
    const before = await since("obligationDueSince", paris, cursor);
    expect(before.nodes).toEqual([]);
    justice.now = new Date("2026-11-25T10:00:00.000Z");
    const due = await since("obligationDueSince", paris, before.cursor, "kind dueAt warrant { id }");
    expect(due.nodes).toContainEqual({ kind: "INFORM_USER", dueAt: "2026-11-25T10:00:00.000Z", warrant: { id } });
    expect((await since("obligationDueSince", paris, due.cursor)).nodes).toEqual([]);
    expect((await since("obligationDueSince", facebook, before.cursor)).nodes.length).toBeGreaterThan(0);
  });

  test("who sees no orders is refused, and so is a cursor of another list", async () => {
    expect(await since("warrantChangedSince", engineer, null)).toMatchObject([{ extensions: { refusal: "ROLE" } }]);
    const { cursor } = await since("obligationDueSince", paris, null);
    expect(await since("warrantChangedSince", paris, cursor)).toMatchObject([{ extensions: { refusal: "CURSOR" } }]);
  });
});
