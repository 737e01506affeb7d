/**
 * `manifest.json`: what a campaign's folder holds, and where it was computed.
 *
 * The part `data` is hashed. It is the same on every machine, for any number of workers, and for a campaign that was split and merged:
 * the plan, the number of runs, the SHA-256 of every run file, and the Merkle root over the end hashes of the runs in the order of the
 * plan, which is the data hash of the campaign. `sha256` is the hash of this part as canonical JSON (RFC 8785). Nothing else is hashed:
 * the shards that were run here, and the environments in which runs were computed. The file has no times.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { array, type Decoder, json, map, named, nullable, object, oneOf, string, whole } from "@caviar-hpo/core/read";
import { parseWire } from "@caviar-hpo/core/wire";
import { type Disk, replaceFile } from "@caviar-hpo/runtime/disk";
import type { CampaignCells, CellName } from "../plan/cells.ts";
import { canonicalJson, sha256 } from "../record/canonical.ts";
import { damaged, lineRoot } from "../record/damage.ts";
import { headOf, type RunEnd, readRecord, recordPath } from "../record/record.ts";
import { recordedCells } from "../run/keptRecords.ts";
import type { CampaignEnvironment } from "./environment.ts";
import { createMerkleTree } from "./merkle.ts";

export type Manifest = {
  /** null while runs are being made. */
  readonly data: ManifestData | null;
  readonly sha256: string | null;
  /** The shards that were run into this folder, such as `3/16`. None for a whole campaign. */
  readonly shards: readonly string[];
  readonly environments: readonly CampaignEnvironment[];
};

export type ManifestData = {
  /** The hash of the plan. */
  readonly plan: string;
  /** How many runs the folder holds, of how many of the plan. */
  readonly runs: number;
  readonly planned: number;
  readonly root: string;
  /** The SHA-256 of each run file by its path, in the order of the plan. In an archive, the runs have the same bytes. */
  readonly files: { readonly [path: string]: string };
};

export const manifestName = "manifest.json";

/**
 * What the folder holds, from its records.
 *
 * @param disk a checked one, with the archive. @param known ends that were read or written already, by the places of their cells.
 * @throws JournalError for a damaged record.
 */
export function dataIn(
  disk: Disk,
  folder: string,
  cells: CampaignCells,
  planHash: string,
  known: ReadonlyMap<number, RunEnd> = new Map(),
): ManifestData {
  const collector = dataCollector(planHash, cells.count);
  for (const index of recordedCells(disk, cells, folder)) {
    const { name } = cells.at(index);
    const end = known.get(index) ?? readRecord(disk, recordPath(folder, name), headOf(planHash, name))?.end ?? null;
    if (end !== null) collector.add(name, end);
  }
  return collector.data();
}

/** Takes the finished runs of a folder in the order of the plan. */
export type DataCollector = { add(name: CellName, end: RunEnd): void; data(): ManifestData };

export function dataCollector(plan: string, planned: number): DataCollector {
  const tree = createMerkleTree();
  const files: [path: string, hash: string][] = [];
  return {
    add: (name, { hash, fileHash }) => {
      tree.add(Buffer.from(hash, "hex"));
      files.push([recordPath("", name).replaceAll("\\", "/"), fileHash]);
    },
    data: () => ({ plan, runs: files.length, planned, root: tree.root().toString("hex"), files: Object.fromEntries(files) }),
  };
}

/** The manifest of a folder in which more runs are going to be made. */
export function openManifest(
  disk: Disk,
  folder: string,
  { shard, environment }: { readonly shard?: string | undefined; readonly environment?: CampaignEnvironment | undefined },
): Manifest {
  const { shards, environments } = readManifest(disk, folder) ?? { shards: [], environments: [] };
  return {
    data: null,
    sha256: null,
    shards: union(shards, shard === undefined ? [] : [shard]),
    environments: union(environments, environment === undefined ? [] : [environment]),
  };
}

/** The manifest of a folder whose runs are made. A complete campaign is no shard, whatever it was made of. */
export function manifestOf(data: ManifestData, { shards, environments }: Pick<Manifest, "shards" | "environments">): Manifest {
  return { data, sha256: sha256(canonicalJson(data)), shards: data.runs === data.planned ? [] : shards, environments };
}

/** Each once, in an order that does not depend on which came first. */
export function union<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  const byText = new Map(lists.flat().map((one) => [canonicalJson(one), one]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

export function writeManifest(disk: Disk, folder: string, manifest: Manifest): void {
  const text = `${JSON.stringify({ kind: "manifest", format: 1, ...manifest }, null, 1)}\n`;
  replaceFile(disk, join(folder, manifestName), Buffer.from(text));
}

const data: Decoder<ManifestData> = object({
  plan: string,
  runs: whole(0, Number.MAX_SAFE_INTEGER),
  planned: whole(0, Number.MAX_SAFE_INTEGER),
  root: string,
  files: named(string, Number.MAX_SAFE_INTEGER),
});

const decodeManifest = object({
  kind: oneOf("manifest"),
  format: oneOf(1),
  data: nullable(data),
  sha256: nullable(string),
  shards: array(string, 100_000),
  // Environments are shown and compared, and nothing depends on what is in them.
  environments: map(array(json, 100_000), (list) => list as unknown as readonly CampaignEnvironment[]),
});

/** null if there is none. @throws JournalError for a file that is no manifest. */
export function readManifest(disk: Disk, folder: string): Manifest | null {
  const path = join(folder, manifestName);
  const size = disk.size(path);
  if (size === null) return null;
  const remedy = "Restore the file from a copy. Or delete it and give the command caviar bench again: it writes the file.";
  let value: unknown;
  try {
    value = parseWire(Buffer.from(disk.read(path, 0, size)).toString());
  } catch (error) {
    damaged(path, "a manifest", (error as Error).message, remedy);
  }
  const { kind: _kind, format: _format, ...manifest } = decodeManifest(value, lineRoot(path, 1));
  return manifest;
}
