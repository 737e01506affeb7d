/** Searches on the task `digits-course` that may train so many epochs in all: by Caviar, and by Optuna through `optuna_digits.py`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { loadTask, openRun } from "@caviar-hpo/testbed";
import { createStudy } from "@caviar-hpo/tune";

/**
 * One epoch of a search.
 * @typedef {{ readonly trial: number, readonly config: object, readonly epoch: number, readonly value: number | null }} Epoch
 */

const script = fileURLToPath(new URL("optuna_digits.py", import.meta.url));
const python = process.env.CAVIAR_PYTHON || "python3";

/**
 * What is compared: for each name, a function that returns the epochs of a search.
 *
 * @type {{ readonly [name: string]: (seed: number, epochs: number) => Promise<readonly Epoch[]> }} */
export const searches = {
  "Caviar asha": (seed, epochs) => caviarSearch("asha", seed, epochs),
  "Caviar asha, stopping": (seed, epochs) => caviarSearch({ name: "asha", options: { variant: "stopping" } }, seed, epochs),
  "Caviar bohb": (seed, epochs) => caviarSearch("bohb", seed, epochs),
  "Caviar hyperband": (seed, epochs) => caviarSearch("hyperband", seed, epochs),
  "Caviar random": (seed, epochs) => caviarSearch("random", seed, epochs),
  "Optuna TPE": (seed, epochs) => optunaSearch("none", seed, epochs),
  "Optuna TPE + HyperbandPruner": (seed, epochs) => optunaSearch("hyperband", seed, epochs),
  "Optuna TPE + SuccessiveHalvingPruner": (seed, epochs) => optunaSearch("successiveHalving", seed, epochs),
};

/**
 * @param {string | object} strategy
 * @param {number} seed
 * @param {number} epochs
 * @returns {Promise<readonly Epoch[]>}
 */
async function caviarSearch(strategy, seed, epochs) {
  const task = await loadTask("digits-course");
  const { space, fidelity } = task;
  const run = openRun(task);
  /** @type {Epoch[]} */
  const trained = [];
  const stop = new AbortController();
  const study = createStudy({ space, fidelity, resumable: true, strategy, seed, onEvent: run.hear });
  const search = study.optimize(
    (assignment) => {
      const { trial, config, until, from, measure, signal } = assignment;
      for (let epoch = (from?.fidelity ?? 0) + 1; epoch <= until; epoch++) {
        const measured = run.measure({ trial, config, from }, epoch);
        const value = "values" in measured ? measured.values[0] : null;
        trained.push({ trial, config, epoch, value });
        if (trained.length === epochs) stop.abort();
        if (value === null) return { infeasible: true };
        if (signal.aborted || epoch === until || !measure(value, epoch)) return value;
      }
    },
    { trials: epochs, signal: stop.signal },
  );
  await search.catch((error) => {
    if (!stop.signal.aborted) throw error;
  });
  return trained;
}

/**
 * @param {string} pruner
 * @param {number} seed
 * @param {number} epochs
 * @returns {Promise<readonly Epoch[]>}
 */
async function optunaSearch(pruner, seed, epochs) {
  const child = spawn(python, [script, process.execPath, pruner, String(seed), String(epochs)], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const trained = [];
  for await (const line of createInterface({ input: child.stdout })) trained.push(JSON.parse(line));
  const [code] = await closed;
  if (code !== 0) throw new Error(`optuna_digits.py ended with code ${code}`);
  return trained;
}
