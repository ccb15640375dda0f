import { z } from "zod";
import { dataCategories } from "../../schema/law/vocabulary.js";

/**
 * The form of a grant's claims and of its scope. Strict at every depth: a member that this version does not know may narrow what is granted, so a grant that has
 * one is refused whole.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1);
const instant = z.iso.datetime({ offset: true });

/** Of the period: not empty, since it is half-open. */
export const periodShape = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to))
  .nullable();
export const warrantShape = z.strictObject({ id: name, contentHash: hash });
export const receiptShape = z.strictObject({ writer: hash, batch: z.int().nonnegative() });
export const leafHashesShape = z.array(hash).min(1);

export const claimsShape = z.strictObject({
  aud: name,
  op: name,
  bodyDigest: name,
  warrant: warrantShape,
  receipt: receiptShape,
  categories: z.array(z.enum(dataCategories)).min(1),
  period: periodShape,
});

const fact = z.string().nullable();
export const scopeShape = z.strictObject({
  subjects: z.array(
    z.strictObject({
      id: name,
      facts: z.strictObject({
        providerCountry: z.string(),
        residence: fact,
        nationality: fact,
        locatedIn: fact,
        protectedRole: fact,
      }),
    }),
  ),
  entities: z.array(z.strictObject({ type: name, id: name, subject: name, fields: z.array(name).min(1) })),
  search: z
    .strictObject({
      field: name,
      identifier: z.discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("IP_ADDRESS"),
          address: name,
          port: z.int().nullable(),
          from: instant,
          to: instant,
        }),
        z.strictObject({ kind: z.literal("EMAIL"), email: name }),
        z.strictObject({ kind: z.literal("PHONE"), phone: name }),
      ]),
      platform: name,
    })
    .optional(),
  leafHashes: leafHashesShape,
});
