import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DataCategory } from "../../schema/law/vocabulary.js";
import { dataFolder } from "../kit/data-folder.js";
import type { Establishment, Platform } from "./types/platform.js";

interface PlatformRecord {
  readonly code: string;
  readonly name: string;
  readonly establishments: readonly Establishment[];
  readonly holds: readonly {
    readonly category: DataCategory;
    readonly fields: readonly string[];
    readonly retentionDays: number | null;
  }[];
}

let read: Promise<readonly Platform[]> | null = null;

/** The platforms that this subgraph speaks for, in the order of the file. Read once. */
export function readPlatforms(): Promise<readonly Platform[]> {
  read ??= readFile(path.join(dataFolder("platform"), "platforms.json"), "utf8").then((text) =>
    (JSON.parse(text) as PlatformRecord[]).map(platformOf),
  );
  return read;
}

function platformOf({ code, name, establishments, holds }: PlatformRecord): Platform {
  return { code, name, establishments: establishments.map(establishmentOf), holds };
}

/** "*" in the file stands for all who are not served elsewhere; there is no country code for them. */
function establishmentOf(record: Establishment): Establishment {
  return { ...record, servesResidentsOf: record.servesResidentsOf.filter((country) => country !== "*") };
}

/** Null for an establishment that no platform names. */
export async function findEstablishment(id: string): Promise<Establishment | null> {
  const platforms = await readPlatforms();
  return (
    platforms.flatMap(({ establishments }) => establishments).find((establishment) => establishment.id === id) ?? null
  );
}
