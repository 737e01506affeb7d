/** The peers: optimisers from Python, which `benchmarks/peers/serve.py` serves. The files of that folder are in the code. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerFiles } from "./peerFiles.generated.ts";

/** What each peer needs of PyPI. */
export const peerNames: { readonly [name: string]: string } = {
  "optuna-gp": "optuna torch",
  "optuna-gp-deterministic": "optuna torch",
  "optuna-tpe": "optuna",
  "optuna-tpe-group": "optuna",
  botorch: "botorch",
  ax: "ax-platform",
  dehb: "dehb",
  pycma: "cma",
  cmaes: "cmaes",
};

/** The interpreter of the peers. */
export function python(): string {
  return process.env.CAVIAR_PYTHON ?? "python3";
}

/** Writes the programs into a new folder. */
export function writePeers(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "caviar-peers-"));
  for (const [name, text] of Object.entries(peerFiles)) writeFileSync(join(folder, name), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
