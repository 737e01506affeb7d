/** The peers: optimisers from Python, which `benchmarks/peers/serve.py` serves. The files of that folder are in the code. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../tables/tableCache.ts";
import { peerFiles } from "./peerFiles.generated.ts";

/** What a peer needs: packages of PyPI, which are in an environment of `npm run peers:install`. */
export type PeerNeeds = { readonly packages: string; readonly environment: "main" | "dehb"; readonly multiFidelity?: true };

export const peerNames: { readonly [name: string]: PeerNeeds } = {
  "optuna-gp": { packages: "optuna torch", environment: "main" },
  "optuna-gp-deterministic": { packages: "optuna torch", environment: "main" },
  "optuna-tpe": { packages: "optuna", environment: "main" },
  "optuna-tpe-group": { packages: "optuna", environment: "main" },
  "optuna-tpe-univariate": { packages: "optuna", environment: "main" },
  "optuna-cmaes": { packages: "optuna cmaes", environment: "main" },
  botorch: { packages: "botorch", environment: "main" },
  ax: { packages: "ax-platform", environment: "main" },
  dehb: { packages: "dehb", environment: "dehb", multiFidelity: true },
  pycma: { packages: "cma", environment: "main" },
  cmaes: { packages: "cmaes", environment: "main" },
  hebo: { packages: "HEBO", environment: "main" },
  smac: { packages: "smac", environment: "main" },
  "smac-mf": { packages: "smac", environment: "main", multiFidelity: true },
  hyperopt: { packages: "hyperopt", environment: "main" },
  "bayesian-optimization": { packages: "bayesian-optimization", environment: "main" },
  kerastuner: { packages: "keras-tuner keras torch", environment: "main" },
  "kerastuner-hyperband": { packages: "keras-tuner keras torch", environment: "main", multiFidelity: true },
  "syne-tune-asha": { packages: "syne-tune", environment: "main", multiFidelity: true },
};

/** The folder of the environments that `npm run peers:install` makes: `peers` in CAVIAR_CACHE, or in `caviar` in the user's cache. */
export function environmentsFolder(): string {
  return join(cacheFolder(process.env), "peers");
}

/** The interpreter of an environment, which may not exist. */
export function interpreterOf(environment: string): string {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return join(environmentsFolder(), environment, ...inside);
}

/** The interpreter of a peer: CAVIAR_PYTHON if it is not empty, or that of its environment if it was made, or `python3`. */
export function python(peer: string): string {
  if (process.env.CAVIAR_PYTHON) return process.env.CAVIAR_PYTHON;
  const own = interpreterOf(peerNames[peer]!.environment);
  return existsSync(own) ? own : "python3";
}

/** Writes the programs into a new folder. */
export function writePeers(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "caviar-peers-"));
  for (const [name, text] of Object.entries(peerFiles)) writeFileSync(join(folder, name), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
