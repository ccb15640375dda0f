import type { Page } from "../kit/connection.js";
import { decodeCursor, encodeCursor } from "../kit/cursor.js";
import { cutPage } from "../kit/page-of.js";
import { type PageRequest, readSlice } from "../kit/page-size.js";
import { Refusal } from "../kit/refusal.js";

/** A page of rows that are in memory, in their order; `first` is 100 unless asked. Throws Refusal PAGE_SIZE or CURSOR. */
export function pageOfRows<Row extends { readonly id: string }>(
  rows: readonly Row[],
  key: string,
  request: PageRequest,
): Page<Row> {
  const slice = readSlice(request, 100);
  let start = 0;
  if (slice.cursor !== null) {
    const [id] = decodeCursor(key, slice.cursor);
    start = rows.findIndex((row) => row.id === id) + 1;
    if (start === 0) throw new Refusal("CURSOR");
  }
  return cutPage(rows.slice(start, start + slice.size + 1), slice, (row) => encodeCursor(key, [row.id]));
}
