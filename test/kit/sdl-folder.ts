import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sdlFolder } from "../../gateway/main/read-graph.js";
import { composeGraph } from "../../schema/compose.js";
import { renderSdlFiles } from "../../schema/identity/render-sdl-files.js";

/** A copy of the committed SDL, for a process that is told to read it. */
export interface SdlCopy {
  readonly folder: string;
  read(file: string): string;
  /** Writes one text in place of another, in one file. Throws where it does not stand there exactly once. */
  edit(file: string, find: string, replace: string): void;
  write(file: string, text: string): void;
  /** Composes what the subgraphs' files say now into the others. Throws with the findings. */
  compose(): void;
  /** Everything as it is committed. */
  restore(): void;
  remove(): void;
}

export const subgraphFiles = ["platform", "justice", "treaty", "audit"] as const;

export function copySdl(): SdlCopy {
  const folder = mkdtempSync(path.join(tmpdir(), "rogatory-sdl-"));
  const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
  const restore = (): void => cpSync(sdlFolder, folder, { recursive: true });
  restore();
  return {
    folder,
    read,
    write,
    restore,
    edit(file, find, replace) {
      const text = read(file);
      if (text.split(find).length !== 2) throw new Error(`"${find}" does not stand exactly once in ${file}`);
      write(
        file,
        text.replace(find, () => replace),
      );
    },
    compose() {
      const sources = subgraphFiles.map((name) => ({ name, sdl: read(`${name}.graphql`) }));
      const composed = composeGraph(sources);
      if ("findings" in composed) throw new Error(JSON.stringify(composed.findings, null, 2));
      for (const [file, text] of renderSdlFiles(sources, composed.graph)) write(file, text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
