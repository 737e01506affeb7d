/**
 * The curves of a campaign over axes that the plan does not declare: evaluations, resource from scratch, and the time of the
 * simulated workers. A campaign that counts resource knows what each run had spent on each of them. The plan compares strategies at equal
 * resource, so nothing here is a result of its endpoints. A strategy that has spent its budget keeps its last recommendation.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { CampaignResults, ProblemFacts } from "../results.ts";
import { lastRecommended, logRegretCurve } from "../statistics/curve.ts";
import { type Quartiles, quartiles } from "../statistics/quartiles.ts";
import type { CurveAxis } from "./axis.ts";
import { type RanksOverBudget, ranksOverBudget } from "./ranksOverBudget.ts";

export type OtherKind = "evaluations" | "scratch" | "time";

export type OtherAxis = {
  readonly kind: OtherKind;
  /** One entry per problem: its axis, and the quartiles of each strategy; empty without runs. */
  readonly problems: readonly { readonly axis: CurveAxis; readonly curves: readonly (readonly Quartiles[])[] }[];
  /** Over the complete blocks, at each share of the most that any run has spent on its problem; null without a complete block. */
  readonly ranks: RanksOverBudget | null;
  /** These shares, ascending to 1. */
  readonly shares: readonly number[];
};

const titles: { readonly [K in OtherKind]: string } = {
  evaluations: "evaluations",
  scratch: "resource from scratch, in full trainings",
  time: "time of the simulated workers, in seconds",
};

/** Positions of an axis. Each is a constant factor above the one before. */
const points = 40;
/** The last position over the first, unless the first would be less than one evaluation. */
const reach = 300;

/** In a fixed order. None if the budget counts evaluations, or if the records do not tell. */
export function otherAxes(results: CampaignResults): readonly OtherAxis[] {
  if (results.resource === undefined) return [];
  return (["evaluations", "scratch", "time"] as const).filter((kind) => isKnown(results, kind)).map((kind) => axisOfKind(results, kind));
}

function isKnown({ runs }: CampaignResults, kind: OtherKind): boolean {
  const known = runs.every(
    ({ training, spent }) => spent !== undefined && training?.costs?.every((costs) => costs[kind] !== null) === true,
  );
  return known && runs.some(({ training }) => training!.costs!.length > 0);
}

function axisOfKind(results: CampaignResults, kind: OtherKind): OtherAxis {
  const most = mostSpent(results, kind);
  const shares = sharesOf(most, kind);
  const problems = results.problems.map((problem, index) => {
    const positions = shares.map((share) => share * Math.max(most[index]!, Number.MIN_VALUE));
    return problemCurves(results, problem, kind, positions);
  });
  const complete = problems.flatMap(({ curves }) => {
    const seeds = results.seeds.flatMap((_, seed) => (curves.every((ofStrategy) => ofStrategy[seed] !== null) ? [seed] : []));
    return seeds.length === 0 ? [] : [curves.map((ofStrategy) => seeds.map((seed) => ofStrategy[seed]!))];
  });
  return {
    kind,
    shares,
    ranks: complete.length === 0 ? null : ranksOverBudget(complete),
    problems: problems.map(({ axis, curves }) => ({
      axis,
      curves: curves.map((ofStrategy) => {
        const present = ofStrategy.filter((curve) => curve !== null);
        return present.length === 0 ? [] : axis.positions.map((_, step) => quartiles(present.map((curve) => curve[step]!)));
      }),
    })),
  };
}

function sharesOf(most: readonly number[], kind: OtherKind): readonly number[] {
  const last = kind === "evaluations" ? Math.min(reach, Math.max(2, ...most)) : reach;
  return Array.from({ length: points }, (_, point) => (point === points - 1 ? 1 : exp(-log(last) * (1 - point / (points - 1)))));
}

/** By any run on each problem. A strategy that may spend k times the budget counts with a k-th. */
function mostSpent({ problems, runs, strategies }: CampaignResults, kind: OtherKind): readonly number[] {
  const perStep = new Map(strategies.map(({ label, evaluationsPerStep }) => [label, evaluationsPerStep]));
  const most = new Map<string, number>();
  for (const { problem, strategy, spent } of runs)
    most.set(problem, Math.max(most.get(problem) ?? 0, spent![kind] / perStep.get(strategy)!));
  return problems.map(({ id }) => most.get(id) ?? 0);
}

/** curves[strategy][seed]: log10 regrets; null for a run that is missing. */
function problemCurves(results: CampaignResults, problem: ProblemFacts, kind: OtherKind, positions: readonly number[]) {
  const { strategies, seeds } = results;
  const runs = results.runs.filter((run) => run.problem === problem.id);
  return {
    axis: { kind: "resource", title: titles[kind], positions, anytimeFrom: 0 } as const,
    curves: strategies.map((strategy) =>
      seeds.map((seed) => {
        const run = runs.find((one) => one.strategy === strategy.label && one.seed === seed);
        if (run === undefined) return null;
        const at = run.training!.costs!.map((costs) => costs[kind]!);
        return logRegretCurve(problem, lastRecommended(strategy, run.values, at, positions));
      }),
    ),
  };
}
