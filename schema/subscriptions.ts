/**
 * How a gateway follows a subscription. A subgraph that has `Subscription.warrantChanged` also has an inaccessible query `warrantChangedSince`: the same
 * arguments and `after`, a cursor of its own; it answers at once with what happened since, in order, and the cursor to go on from. Without `after` nothing has happened
 * yet, or what the arguments say. So every event is asked for by a call of its own, for a principal who was authenticated for it.
 */

/** Name of the query by which a subscription is followed. */
export function sinceRoot(subscription: string): string {
  return `${subscription}Since`;
}

/** Argument of the cursor, and the two fields of the answer: `type WarrantsSince { cursor: String! nodes: [Warrant!]! }`. */
export const afterArgument = "after";
export const cursorField = "cursor";
export const nodesField = "nodes";
