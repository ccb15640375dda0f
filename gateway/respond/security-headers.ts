/** Headers of every answer of the API: nothing here is a document, and nothing is kept by anybody on the way. */
export const apiHeaders = {
  "cache-control": "no-store, private",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** Headers of the console: its own script and style, its own origin, nothing inline and nothing from elsewhere. */
export const consoleHeaders = {
  ...apiHeaders,
  "cache-control": "no-cache",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;
