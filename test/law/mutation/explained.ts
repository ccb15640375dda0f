/** Mutants of schema/law that no test can kill, and why: each is another way to write the same law. Their ids are printed by `npm run test:long -- mutation`. */
export const explained: readonly { readonly why: string; readonly mutants: readonly string[] }[] = [];
