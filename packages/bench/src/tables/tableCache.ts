/** The folder of fetched tables. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "@caviar-hpo/core";
import { decodeTable, encodeTable, type Table, type TableFacts } from "@caviar-hpo/objectives/tables";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { sha256 } from "../record/canonical.ts";
import type { Environment } from "./download.ts";

/** The folder of everything that is fetched: CAVIAR_CACHE, or `caviar` in the user's folder for caches. */
export function cacheFolder(env: Environment): string {
  return env.CAVIAR_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "caviar");
}

/** The folder in which tables are kept. */
export function tablesFolder(env: Environment): string {
  return join(cacheFolder(env), "tables");
}

export function hasTable(folder: string, facts: TableFacts): boolean {
  return existsSync(pathOf(folder, facts));
}

/** @throws ConfigError for a table that is not in the folder, with the command that fetches it, and for one that was changed. */
export function readTable(folder: string, facts: TableFacts): Table {
  const path = pathOf(folder, facts);
  if (!existsSync(path)) {
    throw new ConfigError({
      code: "noTable",
      what: `the table ${facts.name}`,
      expected: `the file ${path}`,
      got: "none",
      remedy: `Run: npx caviar-hpo tables fetch ${facts.from}`,
    });
  }
  const bytes = readFileSync(path);
  const found = sha256(bytes);
  if (found !== facts.sha256) {
    throw new ConfigError({
      code: "badTable",
      what: `the table ${facts.name} in ${path}`,
      expected: `the SHA-256 ${facts.sha256}`,
      got: found,
      remedy: `Run: npx caviar-hpo tables fetch ${facts.from}`,
    });
  }
  return decodeTable(facts, bytes);
}

/** Writes a table whole or not at all. @throws ConfigError for a table that has not the numbers that are known of it. */
export function writeTable(folder: string, facts: TableFacts, table: Table): void {
  const bytes = encodeTable(facts, table);
  const found = sha256(bytes);
  if (found !== facts.sha256) {
    throw new ConfigError({
      code: "badTable",
      what: `the table ${facts.name}`,
      expected: `the SHA-256 ${facts.sha256}`,
      got: found,
      remedy: "Use the package in the version that Caviar knows.",
    });
  }
  nodeDisk.makeFolder(folder);
  const path = pathOf(folder, facts);
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

function pathOf(folder: string, { name }: TableFacts): string {
  return join(folder, `${name}.table`);
}
