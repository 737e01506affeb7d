/** `readOptunaJournal` reads in journals that Optuna has just written what Optuna reads in them. */
// python: optuna
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { expectSameTrials, type OptunaStudy } from "../../../testing/optunaTrials.ts";

const seed = Number(process.env.CAVIAR_PEERS_SEED ?? 1) % 2 ** 31;
const script = fileURLToPath(new URL("../../../golden/optunaJournals.py", import.meta.url));

test("conditions, pruning, failures, changed ranges, constraints and infinities of new studies", () => {
  const python = process.env.CAVIAR_PYTHON || "python3";
  const studies: readonly OptunaStudy[] = JSON.parse(execFileSync(python, [script, "--peer", String(seed)], { encoding: "utf8" }));
  expect(studies).toHaveLength(4);
  for (const study of studies) expectSameTrials(study);
});
