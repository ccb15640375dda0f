import type { AuthorityKind } from "../../schema/law/vocabulary.js";

interface RegisteredAuthority {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly kind: AuthorityKind;
  /** Numbers that are reserved for fiction. */
  readonly channels: readonly string[];
}

/** The demo register of authorities: no real court stands behind any of them. */
export const demoRegister: readonly RegisteredAuthority[] = [
  {
    id: "fr-tj-paris",
    name: "Tribunal judiciaire de Paris (demo)",
    country: "FR",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-01"],
  },
  {
    id: "fr-ji-paris",
    name: "Juge d'instruction, Paris (demo)",
    country: "FR",
    kind: "INVESTIGATING_JUDGE",
    channels: ["tel:+1-555-0100-02"],
  },
  {
    id: "fr-parquet-paris",
    name: "Parquet de Paris (demo)",
    country: "FR",
    kind: "PUBLIC_PROSECUTOR",
    channels: ["tel:+1-555-0100-03"],
  },
  {
    id: "fr-ofac",
    name: "Office anti-cybercriminalité (demo)",
    country: "FR",
    kind: "POLICE",
    channels: ["tel:+1-555-0100-04"],
  },
  {
    id: "de-ag-berlin",
    name: "Amtsgericht Tiergarten, Berlin (demo)",
    country: "DE",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-05"],
  },
  {
    id: "de-sta-berlin",
    name: "Staatsanwaltschaft Berlin (demo)",
    country: "DE",
    kind: "PUBLIC_PROSECUTOR",
    channels: ["tel:+1-555-0100-06"],
  },
  {
    id: "gb-cc-london",
    name: "Crown Court at Southwark (demo)",
    country: "GB",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-07"],
  },
  {
    id: "us-sdny",
    name: "US District Court, Southern District of New York (demo)",
    country: "US",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-08"],
  },
  {
    id: "au-fc-sydney",
    name: "Federal Court of Australia, Sydney (demo)",
    country: "AU",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-09"],
  },
  {
    id: "in-dc-delhi",
    name: "District Court, Delhi (demo)",
    country: "IN",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-10"],
  },
  {
    id: "ru-ms-moscow",
    name: "District court, Moscow (demo)",
    country: "RU",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-11"],
  },
  { id: "dk-kbh", name: "Københavns Byret (demo)", country: "DK", kind: "JUDGE", channels: ["tel:+1-555-0100-12"] },
  {
    id: "ie-hc-dublin",
    name: "High Court, Dublin (demo)",
    country: "IE",
    kind: "ENFORCING_AUTHORITY",
    channels: ["tel:+1-555-0100-13"],
  },
  {
    id: "br-tjsp",
    name: "Tribunal de Justiça de São Paulo (demo)",
    country: "BR",
    kind: "JUDGE",
    channels: ["tel:+1-555-0100-14"],
  },
  {
    id: "us-doj-oia",
    name: "Office of International Affairs (demo)",
    country: "US",
    kind: "CENTRAL_AUTHORITY",
    channels: ["tel:+1-555-0100-15"],
  },
];
