/**
 * Who may import whom. Rooms are strangers unless a line here says otherwise; gateway/main is the composition root and knows everyone.
 * Read with `npx depcruise --config test/architecture/dependency-cruiser.cjs schema gateway subgraphs test`.
 */
module.exports = {
  forbidden: [
    { name: "no-cycles", comment: "Cycles hide who owns an idea; type-only ones too.", severity: "error", from: {}, to: { circular: true } },
    {
      name: "schema-knows-no-room",
      comment: "The shared kernel imports nothing from the other rooms.",
      severity: "error",
      from: { path: "^schema/" },
      to: { path: "^(gateway|subgraphs|test)/" },
    },
    {
      name: "gateway-knows-no-subgraph",
      comment: "The gateway talks to subgraphs through SDL and the transport; only its composition root imports them.",
      severity: "error",
      from: { path: "^gateway/", pathNot: "^gateway/main/" },
      to: { path: "^subgraphs/" },
    },
    {
      name: "only-the-composition-root-knows-everyone",
      severity: "error",
      from: { path: "^gateway/(?!main/|[^/]+\\.ts$)" },
      to: { path: "^gateway/main/" },
    },
    { name: "subgraphs-know-no-gateway", severity: "error", from: { path: "^subgraphs/" }, to: { path: "^gateway/" } },
    {
      name: "subgraphs-are-strangers",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/" },
      to: { path: "^subgraphs/", pathNot: ["^subgraphs/kit/", "^subgraphs/$1/"] },
    },
    { name: "kit-knows-no-subgraph", severity: "error", from: { path: "^subgraphs/kit/" }, to: { path: "^subgraphs/(?!kit/)" } },
    { name: "nothing-imports-test", severity: "error", from: { path: "^(schema|gateway|subgraphs)/" }, to: { path: "^test/" } },
    {
      name: "law-and-ledger-are-pure",
      comment: "No npm package, and of Node only hashing.",
      severity: "error",
      from: { path: "^schema/(law|ledger)/" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-no-pkg", "npm-unknown", "core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    { name: "no-dev-package-in-the-product", severity: "error", from: { path: "^(schema|gateway|subgraphs)/" }, to: { dependencyTypes: ["npm-dev"], pathNot: "@types/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // The peers of the bench have a package.json of their own, and import nothing of ours.
    exclude: { path: "^(dist|\\.build|test/bench/peers)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
