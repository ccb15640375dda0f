import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { hashBytes } from "../../schema/ledger/merkle.js";
import type { TreeHead } from "../../schema/ledger/verify-consistency.js";

/** The last tree of each log that a witness signed. */
export interface SeenTrees {
  read(origin: string): Promise<TreeHead | null>;
  /** Resolves once it is on disk. */
  write(origin: string, tree: TreeHead): Promise<void>;
}

/** Keeps one small file for each log in a folder. Throws where a file is damaged: a witness that has forgotten signs nothing. */
export function keepSeen(folder: string): SeenTrees {
  const fileOf = (origin: string): string =>
    path.join(folder, createHash("sha256").update(origin, "utf8").digest("hex").slice(0, 32));
  return {
    async read(origin) {
      const text = await readFile(fileOf(origin), "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      if (text === null) return null;
      const [name, size, root = ""] = text.split("\n");
      const hash = Buffer.from(root, "base64");
      if (name !== origin || !/^[1-9]\d*$/.test(size ?? "") || hash.length !== hashBytes)
        throw new Error(`${fileOf(origin)} is damaged: it must hold the last tree of ${origin} that was signed here`);
      return { size: Number(size), root: hash };
    },
    async write(origin, { size, root }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${fileOf(origin)}.new`;
      const file = await open(draft, "w", 0o600);
      await file.writeFile(`${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`);
      await file.sync();
      await file.close();
      await rename(draft, fileOf(origin));
      const parent = await open(folder, "r");
      await parent.sync();
      await parent.close();
    },
  };
}
