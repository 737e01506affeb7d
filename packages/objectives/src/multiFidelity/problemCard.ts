/**
 * The problem card: measurements of how informative the low fidelities of a function are. The rungs are the lowest fidelity, and the
 * highest one divided by powers of eta. For each rung, the card has the rank correlation of the measurements with the truth, the share of
 * the best configurations that the rung would keep, the share of failures, and the cost. The configurations are drawn uniformly from the
 * unit cube, with one run each.
 */
import { type Config, ConfigError, decode, derive, type Fidelity, type Key, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { kendallTau } from "./kendall.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";

/** The measurements at one rung. */
export type RungFacts = {
  readonly fidelity: number;
  /**
   * Kendall's tau_b between the measurements and the truth, over the configurations that have a value here. NaN if all values are equal.
   */
  readonly tau: number;
  /** The share of the best hundredth, by truth, that is among the best 1 / eta at this rung. Failures rank last. */
  readonly kept: number;
  /** The share of configurations without a value, because they are infeasible or diverged. */
  readonly failed: number;
  /** The median of the seconds of a training from scratch to this rung. */
  readonly costSeconds: number;
};

/** The measurements at all rungs of a function. */
export type ProblemCard = {
  readonly id: string;
  readonly title: string;
  readonly configurations: number;
  readonly eta: number;
  readonly unit: string;
  readonly resumable: boolean;
  readonly optimum: number;
  /** Ascending; the last is the highest fidelity. */
  readonly rungs: readonly RungFacts[];
};

export type ProblemCardOptions = {
  /** The factor between rungs: a whole number, at least 2; 3 by default. */
  readonly eta?: number;
  /**
   * How many configurations are drawn: a whole number, at least 100; 10,000 by default. With 10,000, two standard errors of a tau are at
   * most 0.014.
   */
  readonly configurations?: number;
  /** The key from which configurations and runs are drawn. [0, 0, 0, 0] by default. */
  readonly key?: Key;
};

const readCardOptions = optionReader<ProblemCardOptions>("problemCard", { eta: anything, configurations: anything, key: anything });

/**
 * Measures the problem card of `fn`.
 *
 * @throws ConfigError for an unknown option or one out of range. With fewer than 100 configurations there would be no best hundredth.
 */
export function problemCard(fn: MultiFidelityFunction, options: ProblemCardOptions = {}): ProblemCard {
  const { eta = 3, configurations = 10_000, key = [0, 0, 0, 0] } = readCardOptions(options);
  checkWhole(fn.id, "eta", eta, 2);
  checkWhole(fn.id, "configurations", configurations, 100);
  const draws = stream(derive(key, "problem card"));
  const configs = Array.from({ length: configurations }, () =>
    decode(
      fn.space,
      Float64Array.from({ length: fn.space.dims }, () => draws.uniform()),
    ),
  ).filter(fn.feasible);
  const truths = Float64Array.from(configs, fn.truth);
  const best = ranked(truths).slice(0, Math.floor(configurations / 100));
  const rungs = rungsOf(fn.fidelity, eta).map((fidelity): RungFacts => {
    const measured = Float64Array.from(configs, (config, n) => fn.evaluate(config, fidelity, derive(key, "run", n)));
    const valued = [...measured.keys()].filter((n) => !Number.isNaN(measured[n]!));
    const keeps = new Set(ranked(measured).slice(0, Math.floor(configurations / eta)));
    return {
      fidelity,
      tau: kendallTau(
        Float64Array.from(valued, (n) => measured[n]!),
        Float64Array.from(valued, (n) => truths[n]!),
      ),
      kept: best.filter((n) => keeps.has(n)).length / best.length,
      failed: 1 - valued.length / configurations,
      costSeconds: median(configs.map((config: Config) => fn.costSeconds(config, fidelity))),
    };
  });
  const { id, title, resumable, optimum } = fn;
  return { id, title, configurations, eta, unit: fn.fidelity.unit, resumable, optimum: optimum.value, rungs };
}

/** The card as text: a heading, and one row per rung. */
export function problemCardText(card: ProblemCard): string {
  const { id, title, configurations, eta, unit, resumable, optimum, rungs } = card;
  const rows = [
    [unit, "tau", "best 1% kept", "failed", "seconds"],
    ...rungs.map(({ fidelity, tau, kept, failed, costSeconds }) => [
      short(fidelity),
      tau.toFixed(3),
      `${(100 * kept).toFixed(0)} %`,
      `${(100 * failed).toFixed(1)} %`,
      short(costSeconds),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    `${id}: ${title}`,
    `minimum ${optimum}, ${resumable ? "resumable" : "every evaluation from scratch"}; eta ${eta}, ${configurations} configurations`,
    ...rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join("  ")),
  ].join("\n");
}

/** min, and max, max / eta, max / eta^2, … down to it; whole ones are rounded, halves up. Ascending, each once. */
function rungsOf({ min, max, whole }: Fidelity, eta: number): readonly number[] {
  const rungs = new Set<number>([min]);
  for (let divisor = 1; max / divisor >= min; divisor *= eta) rungs.add(whole ? Math.floor(max / divisor + 0.5) : max / divisor);
  return [...rungs].sort((a, b) => a - b);
}

/** Indices from the least value to the greatest, what has none last, ties by index. */
function ranked(values: Float64Array): readonly number[] {
  const orLast = (n: number): number => (Number.isNaN(values[n]!) ? Infinity : values[n]!);
  return [...values.keys()].sort((i, j) => (orLast(i) === orLast(j) ? i - j : orLast(i) - orLast(j)));
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function checkWhole(id: string, name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ConfigError({
    code: "problemCard",
    what: `${name} of the problem card of ${id}`,
    expected: `a whole number of at least ${least}`,
    got: String(value),
    remedy: "Correct the number, or omit it for the default.",
  });
}
