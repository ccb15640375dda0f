import type { AuthorityKind } from "../../schema/law/vocabulary.js";

interface RegisteredAuthority {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly kind: AuthorityKind;
}

/** The demo register of authorities: no real court stands behind any of them. */
export const demoRegister: readonly RegisteredAuthority[] = [
  { id: "fr-tj-paris", name: "Tribunal judiciaire de Paris (demo)", country: "FR", kind: "JUDGE" },
  { id: "fr-ji-paris", name: "Juge d'instruction, Paris (demo)", country: "FR", kind: "INVESTIGATING_JUDGE" },
  { id: "fr-parquet-paris", name: "Parquet de Paris (demo)", country: "FR", kind: "PUBLIC_PROSECUTOR" },
  { id: "fr-ofac", name: "Office anti-cybercriminalité (demo)", country: "FR", kind: "POLICE" },
  { id: "de-ag-berlin", name: "Amtsgericht Tiergarten, Berlin (demo)", country: "DE", kind: "JUDGE" },
  { id: "de-sta-berlin", name: "Staatsanwaltschaft Berlin (demo)", country: "DE", kind: "PUBLIC_PROSECUTOR" },
  { id: "gb-cc-london", name: "Crown Court at Southwark (demo)", country: "GB", kind: "JUDGE" },
  { id: "us-sdny", name: "US District Court, Southern District of New York (demo)", country: "US", kind: "JUDGE" },
  { id: "au-fc-sydney", name: "Federal Court of Australia, Sydney (demo)", country: "AU", kind: "JUDGE" },
  { id: "in-dc-delhi", name: "District Court, Delhi (demo)", country: "IN", kind: "JUDGE" },
  { id: "ru-ms-moscow", name: "District court, Moscow (demo)", country: "RU", kind: "JUDGE" },
  { id: "dk-kbh", name: "Københavns Byret (demo)", country: "DK", kind: "JUDGE" },
  { id: "ie-hc-dublin", name: "High Court, Dublin (demo)", country: "IE", kind: "ENFORCING_AUTHORITY" },
  { id: "br-tjsp", name: "Tribunal de Justiça de São Paulo (demo)", country: "BR", kind: "JUDGE" },
  { id: "us-doj-oia", name: "Office of International Affairs (demo)", country: "US", kind: "CENTRAL_AUTHORITY" },
];
