/** caviar bench --slurm: a script for Slurm that runs a campaign as an array of jobs, one for each shard. */
import { join } from "node:path";
import { quoted } from "../quoted.ts";

export type SlurmJob = {
  readonly name: string;
  /** The command without options about shards, folders and workers, quoted for a shell. */
  readonly command: string;
  readonly folder: string;
  readonly shards: number;
};

export function slurmScript({ name, command, folder, shards }: SlurmJob): string {
  const shard = quoted(join(folder, "shard-"));
  const program = command.split(" bench")[0]!;
  return `#!/bin/bash
#SBATCH --job-name=caviar-${name}
#SBATCH --array=1-${shards}
#SBATCH --cpus-per-task=1
#SBATCH --output=caviar-${name}-%a.log
# The campaign ${name} in ${shards} shards: sbatch this script. Adapt the options above to your cluster.
set -euo pipefail
${command} --shard "$SLURM_ARRAY_TASK_ID/${shards}" --out ${shard}"$SLURM_ARRAY_TASK_ID" --workers 1

# Once all jobs have ended:
#   ${program} merge ${quoted(folder)} ${shard}{1..${shards}}
#   ${program} report ${quoted(folder)}
# A job that was interrupted continues if it is submitted again: sbatch --array=3 for the third.
`;
}
