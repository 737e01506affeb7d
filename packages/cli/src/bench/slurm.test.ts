import { expect, test } from "vitest";
import { slurmScript } from "./slurm.ts";

test("the script runs one shard for each job of the array, and says how to merge them", () => {
  const script = slurmScript({ name: "mine", command: "npx caviar-hpo bench --plan plan.json", folder: "my runs", shards: 4 });
  const lines = script.split("\n");
  expect(lines[0]).toBe("#!/bin/bash");
  expect(lines).toContain("#SBATCH --array=1-4");
  expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual([
    "set -euo pipefail",
    `npx caviar-hpo bench --plan plan.json --shard "$SLURM_ARRAY_TASK_ID/4" --out 'my runs/shard-'"$SLURM_ARRAY_TASK_ID" --workers 1`,
  ]);
  expect(lines).toContain("#   npx caviar-hpo merge 'my runs' 'my runs/shard-'{1..4}");
});
