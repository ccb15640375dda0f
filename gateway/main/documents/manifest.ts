import { z } from "zod";

/** The form of a safelist: the persisted query manifest of Apollo's tools, version 1, which client builds can write by themselves. */
export const manifest = z.object({
  format: z.literal("apollo-persisted-query-manifest", 'expected "apollo-persisted-query-manifest"'),
  version: z.literal(1, "expected 1"),
  operations: z.array(
    z.object({
      /** SHA-256 of `body`. */
      id: z.string(),
      name: z.string(),
      type: z.enum(["query", "mutation", "subscription"]),
      body: z.string(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;
