/** caviar merge: the shards of a campaign become one campaign. */
import { type CellName, type MergeReport, mergeCampaigns } from "@caviar-hpo/bench";
import { printable } from "@caviar-hpo/runtime/terminal";
import { checkCampaignFolder, planIn } from "../campaignFolder.ts";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

export const mergeCommand: Subcommand = {
  help: `Usage: caviar merge OUT FOLDER... [--json]

Copies the runs of campaigns into the folder OUT. They are campaigns of one plan, such as the shards that caviar bench --shard ran on
several machines. Checks the chains and hashes of all runs first. Runs that several folders have must be the same. Says which runs are
missing. Give the command again when they are there. Then caviar report OUT writes the report.

Makes no run, and loads no code that the plan names. The order of the folders does not matter.

  --json    print { runs, planned, copied, missing, root }

Example:

  caviar bench --plan quick --strategies random,sobol --problems drop-wave --seeds 3 --shard 1/2 --out runs/shard-1
  caviar bench --plan quick --strategies random,sobol --problems drop-wave --seeds 3 --shard 2/2 --out runs/shard-2
  caviar merge runs/all runs/shard-1 runs/shard-2`,
  run: async (args, { stdout }) => {
    const { flags, words } = readArguments("merge", args, { json: "flag" }, Infinity);
    const [out, ...folders] = words;
    if (out === undefined || folders.length === 0)
      return refuse(
        "merge",
        "a folder to write into, and the folders of campaigns",
        `${words.length} words`,
        "Write caviar merge OUT FOLDER...",
      );
    for (const folder of folders) checkCampaignFolder("merge", folder);
    const report = await mergeCampaigns(planIn(folders[0]!), out, folders);
    stdout.write(flags.json === true ? jsonText(report) : summary(out, report));
    return exitCodes.done;
  },
};

const mostMissing = 20;

function summary(out: string, { runs, planned, copied, missing, root }: MergeReport): string {
  const lines = [
    `Runs: ${runs} of ${planned}, ${copied} of them copied now.`,
    ...missing.slice(0, mostMissing).map((cell) => `Missing: ${cellText(cell)}`),
    ...(missing.length > mostMissing ? [`And ${missing.length - mostMissing} more are missing; --json lists all.`] : []),
    `Merkle root: ${root}`,
    missing.length === 0 ? `The campaign is complete. Write caviar report ${out}.` : "Merge again when the missing runs are there.",
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function cellText({ problem, strategy, seed }: CellName): string {
  return `${problem}, ${strategy}, seed ${seed}`;
}
