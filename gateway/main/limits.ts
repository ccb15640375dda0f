/**
 * Bounds of one request and its answers, the planner's own excepted (plan/). They are far above what a client needs, and far below what harms others. README.md
 * lists them all with what is answered beyond.
 */
export const limits = {
  /** Bytes of a request's address, for a query by GET. */
  addressBytes: 8 * 1024,
  /** Bytes of a request's address and headers together. */
  headerBytes: 16 * 1024,
  /** Bytes of a request's body. Packed bodies are not read at all, so these are the bytes that are parsed. */
  bodyBytes: 256 * 1024,
  /** Lexical tokens of a document; the query that IDEs introspect with has some 400. */
  documentTokens: 5_000,
  /** Braces, brackets and parentheses open at once in a document. */
  documentDepth: 100,
  /** Aliases in a document, those of `__typename` among them. */
  documentAliases: 500,
  /** Directives in a document, known or not. */
  documentDirectives: 100,
  /** Selections of an operation once its fragments are expanded. */
  expandedSelections: 10_000,
  /** Operations that are kept read, validated and picked; none of a text over 32,768 characters, so at most 32 MiB of texts. */
  knownOperations: 1_000,
  /** Bytes of one subgraph's answer. */
  answerBytes: 32 * 1024 * 1024,
  /** Milliseconds for one fetch. */
  fetchMs: 10_000,
  /** Milliseconds for a whole operation. */
  operationMs: 30_000,
  /** Milliseconds to receive a request's headers, and all of it. */
  receiveMs: 10_000,
  /** Milliseconds that a connection may stay open with nothing on it. */
  idleMs: 65_000,
  /** Milliseconds to finish running requests at the end. */
  stopMs: 9_000,
  /** Subscriptions open at once. */
  streams: 500,
  /** Subscriptions of one principal open at once. */
  streamsEach: 10,
  /** Connections to one subgraph. */
  connections: 32,
} as const;
