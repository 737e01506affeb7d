/** Which plan `caviar bench` runs: one of a file or of a name, changed by the options of the command. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Plan, readPlan } from "@caviar-hpo/bench";
import { didYouMean, show } from "@caviar-hpo/core/text";
import { type Flags, readCount, refuse } from "../commands/command.ts";
import { readJson } from "../readJson.ts";
import { shippedPlans } from "../shippedPlans.generated.ts";

export const plansFolder: string = join("benchmarks", "plans");

/** A plan, and the folder from which its paths count. */
export type ChosenPlan = { readonly plan: Plan; readonly folder: string };

/** The plan in a file, or the plan of a name: one of the folder `benchmarks/plans`, or one that the command has. */
export function planNamed(named: string): ChosenPlan {
  if (named.endsWith(".json")) return planIn(named);
  const path = join(plansFolder, `${named}.json`);
  if (existsSync(path)) return planIn(path);
  if (Object.hasOwn(shippedPlans, named)) return { plan: readPlan(shippedPlans[named]), folder: resolve(".") };
  const names = planNames();
  return refuse("plan", `a file, or one of ${names.join(", ")}`, show(named), didYouMean(named, names));
}

function planIn(path: string): ChosenPlan {
  return { plan: readPlan(readJson("plan", path)), folder: dirname(resolve(path)) };
}

export function planNames(): readonly string[] {
  const own = existsSync(plansFolder) ? readdirSync(plansFolder).filter((file) => file.endsWith(".json")) : [];
  return [...new Set([...Object.keys(shippedPlans), ...own.map((file) => basename(file, ".json"))])].sort();
}

/** The plan with the seeds, budget, strategies and problems of the options. */
export function changed(plan: Plan, flags: Flags): Plan {
  const { seeds, budget, strategies, problems } = flags;
  const next: Plan = {
    ...plan,
    ...(seeds === undefined ? {} : { seeds: { first: plan.seeds.first, count: readCount("seeds", seeds) } }),
    ...(budget === undefined ? {} : { budget: budgetOf(plan, readCount("budget", budget)) }),
    ...(strategies === undefined ? {} : { strategies: chosen("strategies", strategies, plan.strategies, (one) => one.label) }),
    ...(problems === undefined
      ? {}
      : { problems: chosen("problems", problems, plan.problems, (one) => (typeof one === "string" ? one : one.label)) }),
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
      return found ?? refuse(`option --${option}`, `names of the plan: ${names.join(", ")}`, show(name), didYouMean(name, names));
    });
}
