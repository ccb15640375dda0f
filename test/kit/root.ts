import { fileURLToPath } from "node:url";

/** The folder in which processes run; everything that is compiled lies in its `dist`. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));
