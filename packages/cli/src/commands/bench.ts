/** caviar bench: runs a plan and writes its report. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { hashOf, type Plan } from "@caviar-hpo/bench";
import { show } from "@caviar-hpo/core/text";
import { dryRun } from "../bench/dryRun.ts";
import { changed, planNamed, planNames, plansFolder } from "../bench/planChoice.ts";
import { slurmScript } from "../bench/slurm.ts";
import { exitCodes } from "../exitCodes.ts";
import { produceReport, produceShard } from "../produceReport.ts";
import { quoted } from "../quoted.ts";
import { jsonText } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Flags, readArguments, readCount, refuse, type Subcommand } from "./command.ts";

const runsFolder = "runs";

const help = `Usage: caviar bench [OPTIONS]

Runs a plan (strategies x problems x seeds), prints the ranking, and writes report.html, report.md, results.json and the raw runs.
If the campaign is interrupted, give the same command again to continue it.

  --plan PLAN         a file, or the name of a plan of --list (default: quick)
  --out FOLDER        the folder of the report (default: ${runsFolder}/NAME, where NAME is the name of the plan)
  --seeds N           use N seeds instead of the number in the plan
  --budget N          budget of each run: counted evaluations, or full trainings
  --strategies A,B    run only these labels of the plan
  --problems A,B      run only these problems of the plan
  --shard K/N         run only the K-th of N parts of the runs, on each machine another one; caviar merge puts them together
  --authors NAMES     who runs the campaign, for its page: names with semicolons between them
  --workers N         number of runs at the same time, each in its own thread (default: one per core, at most 8); changes no result
  --dry-run           run nothing; print the number of runs and evaluations, and how long they will take
  --slurm N           run nothing; print a script for Slurm that runs the campaign in N shards
  --fresh             delete the existing runs and start again
  --retry-failed      run those runs again that have failed
  --list              list the plans: those that the command has, and those in the folder ${plansFolder}
  --json              print the ranking, or the list of plans, as JSON

If you change a plan with --seeds, --budget, --strategies or --problems, name a separate folder with --out.

A plan is a JSON file with these keys: name, title, question, seeds ({first, count} or "1..20"), budget, initialPoints, instances
(published, placed, cropped or rotated), noise ({model, sd}, {model, severity} or null), strategies (random and auto by default) and
problems. A strategy is {name, label, options, evaluationsPerStep}; the name may be that of a peer in Python, such as peer:optuna-gp. Your
own one is {module: "./my-sampler.mjs#card"} or {command: ["python3", "serve.py"], name}. A problem is an id, perhaps with ranges such as
bbob-f{1..24}-d{2,5}-i{101..103}; a list of them is {suite: "bbob-held-out"}. Your own one is {module: "./my-problem.mjs#problem"} or
{command, label, space, goal}. Paths count from the folder of the plan. The command runs the code that this plan names.
The option value "budget" stands for the number of trials that the strategy chooses itself. In the id of a problem, "{seed}" stands for
the seed. If the budget is a number, it counts evaluations of test functions. If it is {fullTrainings, points, from, workers,
stragglerSigma}, it counts resource on functions of several fidelities. The unit is one training to the highest fidelity.
The commands caviar strategies and caviar problems list the names that a plan can use.

Example:

  caviar bench --plan quick --strategies random,sobol --problems drop-wave --seeds 3 --out runs/quick`;

const options = {
  plan: "value",
  out: "value",
  seeds: "value",
  budget: "value",
  strategies: "value",
  problems: "value",
  shard: "value",
  workers: "value",
  fresh: "flag",
  "retry-failed": "flag",
  "dry-run": "flag",
  slurm: "value",
  list: "flag",
  authors: "value",
  json: "flag",
} as const;

export const benchCommand: Subcommand = {
  help,
  run: async (args, terminal) => {
    const { flags } = readArguments("bench", args, options);
    const json = flags.json === true;
    if (flags.list === true) {
      const names = planNames();
      terminal.stdout.write(json ? jsonText(names) : names.map((name) => `${name}\n`).join(""));
      return exitCodes.done;
    }
    const { plan: whole, folder: codeFrom } = planNamed(String(flags.plan ?? "quick"));
    const plan = changed(whole, flags);
    if (flags.shard !== undefined && flags.out === undefined)
      refuse("option --out", "a separate folder for each shard", "no folder", `Write --out ${join("runs", "shard-1")}, for instance.`);
    const folder = folderFor(plan, whole, flags.out);
    const workers = flags.workers === undefined ? {} : { workers: readCount("workers", flags.workers) };
    if (flags["dry-run"] === true) {
      terminal.stdout.write(await dryRun(plan, workers.workers ?? null, json));
      return exitCodes.done;
    }
    if (flags.slurm !== undefined) {
      const shards = readCount("slurm", flags.slurm);
      terminal.stdout.write(slurmScript({ name: plan.name, command: commandOf([...args, "--shard", "1/1"], terminal), folder, shards }));
      return exitCodes.done;
    }
    const again = { fresh: flags.fresh === true, retryFailed: flags["retry-failed"] === true };
    const authors = flags.authors === undefined ? {} : { authors: authorsIn(String(flags.authors)) };
    const day = new Date().toISOString().slice(0, 10);
    const order = { command: commandOf(args, terminal), ...authors, day, codeFrom, ...again, json, ...workers };
    if (flags.shard !== undefined) {
      await produceShard(plan, folder, { ...order, shard: String(flags.shard) }, terminal);
      return exitCodes.done;
    }
    const { runs } = await produceReport(plan, folder, order, terminal);
    return runs.every(({ failed }) => failed !== undefined) ? exitCodes.failed : exitCodes.done;
  },
};

/** Names with semicolons between them. */
function authorsIn(text: string): readonly string[] {
  return text
    .split(";")
    .map((author) => author.trim())
    .filter((author) => author !== "");
}

/** The folder of the report. A changed plan must not continue the runs of the plan in the file. */
function folderFor(plan: Plan, whole: Plan, out: Flags[string]): string {
  if (out === undefined && hashOf(plan) !== hashOf(whole)) {
    const remedy = `Write --out ${join(runsFolder, `${plan.name}-changed`)}.`;
    refuse("option --out", "a separate folder for a changed plan", "no folder", remedy);
  }
  const folder = String(out ?? join(runsFolder, plan.name));
  if (existsSync(folder) && !statSync(folder).isDirectory())
    refuse("option --out", "a folder", `the file ${show(folder)}`, "Name a folder.");
  return folder;
}

/** The command that gives the same pages. It omits options that do not change the pages, and the folder of a shard. */
function commandOf(args: readonly string[], { env }: Terminal): string {
  const isShard = args.some((arg) => /^--shard(=|$)/.test(arg));
  const [flags, values] = [
    ["--fresh", "--retry-failed", "--json"],
    ["--workers", "--slurm", "--authors", ...(isShard ? ["--shard", "--out"] : [])],
  ];
  const words = args.filter(
    (arg, index) => !flags.includes(arg) && !values.some((name) => arg === name || arg.startsWith(`${name}=`) || args[index - 1] === name),
  );
  const quotedWords = words.map(quoted);
  // In a checkout of the repository it is a script.
  if (env.npm_lifecycle_event !== "bench") return ["npx caviar-hpo bench", ...quotedWords].join(" ");
  return ["npm run bench", ...(words.length === 0 ? [] : ["--", ...quotedWords])].join(" ");
}
