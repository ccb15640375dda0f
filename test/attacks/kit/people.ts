/** Those of the demo data that attacks are played with. */
export const paris = { role: "JUDICIAL", country: "FR", authority: "fr-tj-paris" };
export const parquet = { role: "JUDICIAL", country: "FR", authority: "fr-parquet-paris" };
export const berlin = { role: "JUDICIAL", country: "DE", authority: "de-ag-berlin" };
export const london = { role: "JUDICIAL", country: "GB", authority: "gb-cc-london" };
export const facebook = { role: "PROVIDER", platform: "FACEBOOK" };
export const auditor = { role: "AUDITOR" };
export const engineer = { role: "ENGINEER" };

/** Of Paris against u01: it opens SUBSCRIBER and USER_IDENTIFICATION; the law withholds TRAFFIC and CONTENT. */
export const quietHeron = "warrant-fr-quiet-heron";
/** Of Berlin against u02: it opens everything. */
export const braveBadger = "warrant-de-brave-badger";

/** Every identity value of the demo data looks like one of these. */
export const identityValue = /Specimen|specimen-|198\.51\.100|203\.0\.113|192\.0\.2\.|\+1555/;
