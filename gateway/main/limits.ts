/** Bounds of one request and its answers. They are far above what a client needs, and far below what harms others. */
export const limits = {
  /** Bytes of a request's body. */
  bodyBytes: 256 * 1024,
  /** Lexical tokens of a document; the query that IDEs introspect with has some 400. */
  documentTokens: 5_000,
  /** Braces, brackets and parentheses open at once in a document. */
  documentDepth: 100,
  /** Selections of an operation once its fragments are expanded. */
  expandedSelections: 20_000,
  /** Bytes of one subgraph's answer. */
  answerBytes: 32 * 1024 * 1024,
  /** Milliseconds for one fetch. */
  fetchMs: 10_000,
  /** Milliseconds for a whole operation. */
  operationMs: 30_000,
  /** Milliseconds to receive a request; to finish running ones at the end. */
  receiveMs: 10_000,
  stopMs: 9_000,
  /** Connections to one subgraph. */
  connections: 32,
} as const;
