/** caviar bench: runs a plan and writes its report. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { hashOf, type Plan, readPlan } from "@caviar-hpo/bench";
import { nearest, show } from "@caviar-hpo/core/text";
import { produceReport } from "../produceReport.ts";
import { readJson } from "../readJson.ts";
import { type Command, type Flags, readArguments, readCount, refuse } from "./command.ts";

const plansFolder = join("benchmarks", "plans");
const reportsFolder = join("benchmarks", "reports");

const help = `Usage: caviar bench [OPTIONS]

Runs a plan (strategies x problems x seeds), shows the ranking, and writes report.html, report.md, results.json and the raw runs.
To continue an interrupted campaign, give the same command again.

  --plan PLAN         a file, or the name of one in ${plansFolder} (default: quick)
  --out FOLDER        where the report goes (default: ${reportsFolder}/NAME of the plan)
  --seeds N           use N seeds instead of the plan's number
  --budget N          counted evaluations of each run, or full trainings
  --strategies A,B    only these labels of the plan
  --problems A,B      only these problems of the plan
  --workers N         runs under way at a time, each in a thread of its own (default: one per core, at most 8); changes no result
  --fresh             throw away the runs that are there
  --list              list the plans

A changed plan (by --seeds, --budget, --strategies or --problems) needs an --out of its own.

Plans are JSON: name, title, question, seeds {first, count}, budget, initialPoints, instances (published, cropped or rotated), noise
{model, sd} or null, strategies [{name, label, options, evaluationsPerStep}], problems [ids]. The option value "budget" stands for the
trials a strategy places itself; "{seed}" in a problem's id for the seed. A budget that is a number counts evaluations of test functions;
{fullTrainings, points, from, workers, stragglerSigma} counts resource spent on functions of several fidelities, in trainings to the
highest one. caviar strategies and caviar problems list what there is.`;

const options = {
  plan: "value",
  out: "value",
  seeds: "value",
  budget: "value",
  strategies: "value",
  problems: "value",
  workers: "value",
  fresh: "flag",
  list: "flag",
} as const;

export const benchCommand: Command = {
  name: "bench",
  summary: "Compare strategies on problems with known optima, with a report.",
  help,
  run: async (args, terminal) => {
    const { flags } = readArguments("bench", args, options);
    if (flags.list === true) {
      for (const name of planNames()) terminal.stdout.write(`${name}\n`);
      return;
    }
    const whole = readPlan(readJson("plan", planPath(String(flags.plan ?? "quick"))));
    const plan = changed(whole, flags);
    const folder = folderFor(plan, whole, flags.out);
    const workers = flags.workers === undefined ? {} : { workers: readCount("workers", flags.workers) };
    await produceReport(plan, folder, { command: commandOf(args), fresh: flags.fresh === true, ...workers }, terminal);
  },
};

/** Where the report goes. A changed plan must not continue the runs of the plan as it is in its file. */
function folderFor(plan: Plan, whole: Plan, out: Flags[string]): string {
  if (out === undefined && hashOf(plan) !== hashOf(whole)) {
    const remedy = `Write --out ${join(reportsFolder, `${plan.name}-changed`)}.`;
    refuse("option --out", "a folder of its own for a changed plan", "none", remedy);
  }
  const folder = String(out ?? join(reportsFolder, plan.name));
  if (existsSync(folder) && !statSync(folder).isDirectory())
    refuse("option --out", "a folder", `the file ${show(folder)}`, "Name a folder.");
  return folder;
}

/** The command that gives the same pages. It leaves out --fresh and --workers, which change nothing in them. */
function commandOf(args: readonly string[]): string {
  const words = args.filter((arg, index) => arg !== "--fresh" && !/^--workers(=|$)/.test(arg) && args[index - 1] !== "--workers");
  return ["npm run bench", ...(words.length === 0 ? [] : ["--", ...words.map(quoted)])].join(" ");
}

/** A word as a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function changed(plan: Plan, flags: Flags): Plan {
  const { seeds, budget, strategies, problems } = flags;
  const next: Plan = {
    ...plan,
    ...(seeds === undefined ? {} : { seeds: { first: plan.seeds.first, count: readCount("seeds", seeds) } }),
    ...(budget === undefined ? {} : { budget: budgetOf(plan, readCount("budget", budget)) }),
    ...(strategies === undefined ? {} : { strategies: chosen("strategies", strategies, plan.strategies, (one) => one.label) }),
    ...(problems === undefined ? {} : { problems: chosen("problems", problems, plan.problems, (one) => one) }),
  };
  return readPlan(next);
}

function budgetOf({ budget }: Plan, units: number): Plan["budget"] {
  return typeof budget === "number" ? units : { ...budget, fullTrainings: units };
}

function chosen<T>(option: string, list: string | boolean, all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  return String(list)
    .split(",")
    .map((name) => {
      const names = all.map(nameOf);
      const found = all[names.indexOf(name)];
      return (
        found ??
        refuse(`option --${option}`, `names of the plan: ${names.join(", ")}`, show(name), `Did you mean ${show(nearest(name, names))}?`)
      );
    });
}

function planPath(named: string): string {
  if (named.endsWith(".json")) return named;
  const path = join(plansFolder, `${named}.json`);
  if (existsSync(path)) return path;
  const names = planNames();
  return refuse(
    "plan",
    names.length === 0 ? `a file, or a folder ${plansFolder} with plans` : `a file, or one of ${names.join(", ")}`,
    show(named),
    names.length === 0 ? "Give --plan FILE.json." : `Did you mean ${show(nearest(named, names))}?`,
  );
}

function planNames(): readonly string[] {
  return existsSync(plansFolder)
    ? readdirSync(plansFolder)
        .filter((file) => file.endsWith(".json"))
        .map((file) => basename(file, ".json"))
        .sort()
    : [];
}
