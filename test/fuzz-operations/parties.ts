import type { Claims } from "../kit/start-rogatory.js";

/** Somebody who asks, the warrant that is named, if one is, and the person whom it names. */
export interface Party {
  readonly name: string;
  readonly claims: Claims;
  readonly warrant: string | null;
  /** Most often asked for; under somebody else's warrant too. */
  readonly person: string;
}

const judge = (country: string, authority: string): Claims => ({ role: "JUDICIAL", country, authority });
const callers: Readonly<Record<string, Claims>> = {
  paris: judge("FR", "fr-tj-paris"),
  parquet: judge("FR", "fr-parquet-paris"),
  berlin: judge("DE", "de-ag-berlin"),
  london: judge("GB", "gb-cc-london"),
  delhi: judge("IN", "in-dc-delhi"),
  moscow: judge("RU", "ru-ms-moscow"),
  facebook: { role: "PROVIDER", platform: "FACEBOOK" },
  fjordnet: { role: "PROVIDER", platform: "FJORDNET" },
  dublin: { role: "ENFORCING_AUTHORITY", country: "IE", authority: "ie-hc-dublin" },
  "central FR": { role: "CENTRAL_AUTHORITY", country: "FR" },
  "auditor FR": { role: "AUDITOR", country: "FR" },
  "auditor of all": { role: "AUDITOR" },
  engineer: { role: "ENGINEER" },
};
const warrants = {
  "warrant-fr-quiet-heron": "u01",
  "warrant-de-brave-badger": "u02",
  "warrant-de-amber-falcon": "u03",
  "warrant-de-amber-falcon-early": "u03",
  "warrant-gb-silver-otter": "u04",
  "warrant-gb-golden-plover": "u05",
  "warrant-in-jade-tortoise": "u08",
  "warrant-ru-crimson-kite": "u09",
} as const;

/** Every role under every warrant, and under none. */
export const parties: readonly Party[] = Object.entries(callers).flatMap(([caller, claims]) => [
  { name: `${caller}, no warrant`, claims, warrant: null, person: "u01" },
  ...Object.entries(warrants).map(([warrant, person]) => ({ name: `${caller}, ${warrant}`, claims, warrant, person })),
]);

/** The authority to which each warrant was issued: the only parties to whom anything opens. */
export const holders: readonly Party[] = parties.filter(({ name, warrant }) => {
  const holder = { fr: "paris", de: "berlin", gb: "london", in: "delhi", ru: "moscow" }[warrant?.slice(8, 10) ?? ""];
  return holder !== undefined && name.startsWith(`${holder},`);
});
