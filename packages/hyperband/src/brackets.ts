/**
 * Bracket tables: how many configurations each rung trains, and how far. For the same R and eta, four different tables are in use, and all
 * are called Hyperband. This file computes each of them under a name of its own, in whole numbers only.
 *
 * | symbol | |
 * |---|---|
 * | R, r | the highest and the lowest fidelity of a trial |
 * | eta | one of eta trials is promoted |
 * | s | how many times a bracket halves; s_max is the largest s with r eta^s <= R |
 * | n_i, r_i | configurations and fidelity of rung i = 0 ... s |
 *
 * - `algorithm1` (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, JMLR 18(185), 2018, Algorithm 1):
 *   n = ceil((s_max + 1) eta^s / (s + 1)), n_i = floor(n eta^-i), r_i = R eta^(i - s).
 * - `table1`, the printed table of that paper (HpBandSter, DEHB, NePS): n = floor(floor((s_max + 1) / (s + 1)) eta^s), n_i = max(1, floor(n
 * eta^-i)).
 * - `kerasTuner`: n_i = ceil(ceil(1 + log_eta(R / r)) eta^(s - i) / (s + 1)); whole fidelities are rounded up. (KerasTuner itself computes
 *   log_eta R, in floating point; that is the same where r is 1.)
 * - `syneTune` (synchronous Hyperband, 0.13): n_i = ceil(ceil((s_max + 1) / (s + 1)) eta^(s - i)); the fidelities are r eta^j below R, and
 * then R.
 */
import { ConfigError, choice, type Fidelity, int, real } from "@caviar-hpo/core";
import { type OptionSpec, readOptions } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";
import { ceilOf, floorOf, numberOf, power, type Ratio, ratioOf, roundHalfUp, shrink } from "./ratio.ts";

/** The four tables that are called Hyperband, see above. */
export type Convention = "algorithm1" | "table1" | "kerasTuner" | "syneTune";

export type BracketOptions = {
  /** One of eta trials is promoted. It trains eta times as far. A number from 2 to 1000000, both included; 3 by default. */
  readonly eta?: number;
  /**
   * The bracket table: the paper's Algorithm 1 (algorithm1), its printed table (table1), or the table of KerasTuner or Syne Tune. One of
   * "algorithm1", "table1", "kerasTuner", "syneTune"; "algorithm1" by default.
   */
  readonly convention?: Convention;
  /**
   * The largest number of brackets. The brackets that halve least often run, as if the lowest fidelity were higher. Null means no limit. A
   * whole number from 1 to 10000, both included, or null; null by default.
   */
  readonly brackets?: number | null;
};

export const bracketOptions: Record<keyof BracketOptions, OptionSpec> = {
  eta: { param: real(2, 1_000_000), default: 3, doc: "One of eta trials is promoted. It trains eta times as far." },
  convention: {
    param: choice(["algorithm1", "table1", "kerasTuner", "syneTune"]),
    default: "algorithm1",
    doc: "The bracket table: the paper's Algorithm 1 (algorithm1), its printed table (table1), or the table of KerasTuner or Syne Tune.",
  },
  brackets: {
    param: int(1, 10_000),
    special: null,
    formerly: 0,
    default: null,
    doc: "The largest number of brackets. The brackets that halve least often run, as if the lowest fidelity were higher. Null means no limit.",
  },
};

/** How many configurations a rung trains, and up to which fidelity. */
export type RungPlan = { readonly configurations: number; readonly fidelity: number };

/**
 * Costs in units of fidelity. `fromScratch` is the cost if each evaluation starts again, and `resumed` if each continues from its
 * checkpoint.
 */
export type Cost = {
  readonly configurations: number;
  readonly evaluations: number;
  readonly fromScratch: number;
  readonly resumed: number;
};

/** A bracket of s + 1 rungs. `s` is how many times it halves. */
export type Bracket = Cost & { readonly s: number; readonly rungs: readonly RungPlan[] };

/** All brackets of one iteration, the most aggressive first, and what they cost together. */
export type BracketTable = Cost & {
  readonly fidelity: Fidelity;
  readonly eta: number;
  readonly convention: Convention;
  readonly brackets: readonly Bracket[];
};

/**
 * Computes the brackets of one iteration of Hyperband, exactly.
 *
 * @throws ConfigError for an option out of range, a fidelity that breaks 0 < min <= max, or more than 64 halvings.
 */
export function bracketTable(fidelity: Fidelity, options: BracketOptions = {}): BracketTable {
  const { eta, convention, brackets: most } = readOptions("a bracket table", bracketOptions, options);
  checkRange(fidelity);
  const whole = convention === "syneTune" ? ladderUp(fidelity, eta) : ladderDown(fidelity, eta, convention);
  const sMax = Math.min(whole.levels.length, most === null ? whole.levels.length : most) - 1;
  if (sMax > mostHalvingsServed)
    refuse(
      "fidelity",
      `max / min below eta to the power of ${mostHalvingsServed + 1}`,
      fidelity.max / fidelity.min,
      "Raise min, or ask for fewer brackets.",
    );
  const levels = whole.levels.slice(whole.levels.length - 1 - sMax);
  const size = sizes[convention]({ eta: ratioOf(eta), sMax, exact: sMax + 1 < whole.levels.length || whole.exact });
  const rows = Array.from({ length: sMax + 1 }, (_, index) => rowOf(sMax - index, levels, size));
  return {
    fidelity,
    eta,
    convention,
    brackets: rows.map(({ s, counts, ...cost }) => ({
      s,
      rungs: counts.map((count, i) => ({
        configurations: Number(count),
        fidelity: numberOf({ numerator: levels[sMax - s + i]!, denominator: whole.unit }),
      })),
      ...costOf([cost], whole.unit),
    })),
    ...costOf(rows, whole.unit),
  };
}

/** No range of whole doubles allows as many halvings. A range that does is a mistake, and its table would be endless. */
const mostHalvingsServed = 64;

/** s_max: the largest s with min eta^s <= max, computed exactly. Throws ConfigError as `bracketTable` does. */
export function mostHalvings(fidelity: Pick<Fidelity, "min" | "max">, eta: number): number {
  checkRange(fidelity);
  const [least, most, { numerator, denominator }] = [ratioOf(fidelity.min), ratioOf(fidelity.max), ratioOf(eta)];
  if (!(numerator > denominator)) refuse("eta", "a number above 1", eta, "3 and 4 are usual.");
  let left = least.numerator * most.denominator * numerator;
  let right = most.numerator * least.denominator * denominator;
  let s = 0;
  while (left <= right) {
    left *= numerator;
    right *= denominator;
    s++;
  }
  return s;
}

/** Fidelities ascending, as whole numbers of 1 / `unit`; `exact` is whether the lowest equals `min` before rounding. */
type Ladder = { readonly levels: readonly bigint[]; readonly unit: bigint; readonly exact: boolean };

/** From R down to the last level that is not below r. */
function ladderDown(fidelity: Fidelity, eta: number, convention: Convention): Ladder {
  const [least, most, { numerator, denominator }] = [ratioOf(fidelity.min), ratioOf(fidelity.max), ratioOf(eta)];
  const sMax = mostHalvings(fidelity, eta);
  // R eta^-j, over one denominator for all j.
  const unit = most.denominator * power(numerator, sMax);
  const levels = Array.from({ length: sMax + 1 }, (_, index) => {
    const j = sMax - index;
    return most.numerator * power(denominator, j) * power(numerator, sMax - j);
  });
  const exact = levels[0]! * least.denominator === least.numerator * unit;
  if (!fidelity.whole) return { levels, unit, exact };
  const round = convention === "kerasTuner" ? ceilOf : roundHalfUp;
  return { levels: levels.map((level) => round({ numerator: level, denominator: unit })), unit: 1n, exact };
}

/** From r up to R. The last step may be shorter than the others. */
function ladderUp(fidelity: Fidelity, eta: number): Ladder {
  const [least, most, { numerator, denominator }] = [ratioOf(fidelity.min), ratioOf(fidelity.max), ratioOf(eta)];
  const sMax = mostHalvings(fidelity, eta);
  const unit = least.denominator * most.denominator * power(denominator, sMax);
  const top = most.numerator * least.denominator * power(denominator, sMax);
  const climbed = Array.from(
    { length: sMax + 1 },
    (_, j) => least.numerator * most.denominator * power(numerator, j) * power(denominator, sMax - j),
  );
  const rounded = fidelity.whole ? climbed.map((level) => roundHalfUp({ numerator: level, denominator: unit })) : climbed;
  const end = fidelity.whole ? top / unit : top;
  return { levels: [...rounded.filter((level) => level < end), end], unit: fidelity.whole ? 1n : unit, exact: true };
}

type Sizes = (context: { readonly eta: Ratio; readonly sMax: number; readonly exact: boolean }) => (s: number, i: number) => bigint;

const sizes: Record<Convention, Sizes> = {
  algorithm1:
    ({ eta, sMax }) =>
    (s, i) =>
      shrink(ceilOf(grow(BigInt(sMax + 1), eta, s, s + 1)), eta, i),
  table1:
    ({ eta, sMax }) =>
    (s, i) => {
      const n = shrink(floorOf(grow(BigInt(sMax + 1) / BigInt(s + 1), eta, s, 1)), eta, i);
      return n > 1n ? n : 1n;
    },
  kerasTuner:
    ({ eta, sMax, exact }) =>
    (s, i) =>
      ceilOf(grow(BigInt(exact ? sMax + 1 : sMax + 2), eta, s - i, s + 1)),
  syneTune:
    ({ eta, sMax }) =>
    (s, i) =>
      ceilOf(grow(ceilOf({ numerator: BigInt(sMax + 1), denominator: BigInt(s + 1) }), eta, s - i, 1)),
};

/** count eta^exponent / divisor. */
function grow(count: bigint, eta: Ratio, exponent: number, divisor: number): Ratio {
  return { numerator: count * power(eta.numerator, exponent), denominator: power(eta.denominator, exponent) * BigInt(divisor) };
}

/** A bracket in whole numbers. Costs are in units of 1 / `unit`. */
type ExactCost = { readonly configurations: bigint; readonly evaluations: bigint; readonly fromScratch: bigint; readonly resumed: bigint };

function rowOf(s: number, levels: readonly bigint[], size: (s: number, i: number) => bigint): ExactCost & { s: number; counts: bigint[] } {
  const counts = Array.from({ length: s + 1 }, (_, i) => size(s, i));
  const own = levels.slice(levels.length - 1 - s);
  const sum = (term: (count: bigint, i: number) => bigint): bigint => counts.reduce((total, count, i) => total + term(count, i), 0n);
  return {
    s,
    counts,
    configurations: counts[0]!,
    evaluations: sum((count) => count),
    fromScratch: sum((count, i) => count * own[i]!),
    resumed: sum((count, i) => count * (own[i]! - (own[i - 1] ?? 0n))),
  };
}

function costOf(rows: readonly ExactCost[], unit: bigint): Cost {
  const sum = (of: (row: ExactCost) => bigint): bigint => rows.reduce((total, row) => total + of(row), 0n);
  return {
    configurations: Number(sum((row) => row.configurations)),
    evaluations: Number(sum((row) => row.evaluations)),
    fromScratch: numberOf({ numerator: sum((row) => row.fromScratch), denominator: unit }),
    resumed: numberOf({ numerator: sum((row) => row.resumed), denominator: unit }),
  };
}

function checkRange({ min, max }: Pick<Fidelity, "min" | "max">): void {
  if (!(min > 0 && min <= max && max < Infinity))
    refuse("fidelity", "0 < min <= max", `min ${min}, max ${max}`, "Set min and max to the least and the most that a trial can train.");
}

function refuse(what: string, expected: string, got: unknown, remedy: string): never {
  throw new ConfigError({ code: "badFidelity", what, expected, got: show(got), remedy });
}
