/** The tree, its checkpoints or what this machine remembers of them do not fit each other: the log was changed, cut or forked. Nothing is signed on it. */
export class TreeFault extends Error {
  override readonly name = "TreeFault";
}
