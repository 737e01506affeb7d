/**
 * A test function that can be measured in part: cheaply and wrongly at a low fidelity, dearly and rightly at the highest. Its minimum at
 * the highest fidelity is known as that of a `TestFunction` is. Everything is minimised.
 *
 * What a regret is taken of is `truth`, never a measurement: a method that recommends a configuration it has only seen cheaply is judged
 * by what that configuration comes to in full.
 */
import { type Config, ConfigError, type Fidelity, type Key, type Space } from "@caviar-hpo/core";
import type { Optimum } from "../testFunction.ts";

export type MultiFidelityFunction = {
  /** Stable and unique, for instance `currin-mf`, `counting-ones-c8-r8`, `curves-crossing-branin`. */
  readonly id: string;
  readonly title: string;
  readonly space: Space;
  readonly fidelity: Fidelity;
  /** Whether training can continue from where it stopped. A property of the problem: a strategy cannot choose it. */
  readonly resumable: boolean;
  /**
   * What is measured at `fidelity`; NaN where training has diverged, or the configuration is infeasible. `run` names the training run:
   * the same run gives the same curve whatever was measured before, another run fresh noise. Pure.
   *
   * @throws ConfigError for a configuration that is not of `space`, and a fidelity that is not of `fidelity`.
   */
  readonly evaluate: (config: Config, fidelity: number, run?: Key) => number;
  /** The value at the highest fidelity without noise; NaN where infeasible. @throws ConfigError as `evaluate`. */
  readonly truth: (config: Config) => number;
  /** Whether the configuration can be measured at all. @throws ConfigError as `evaluate`. */
  readonly feasible: (config: Config) => boolean;
  /** Seconds from scratch to `fidelity`. @throws ConfigError as `evaluate`. */
  readonly costSeconds: (config: Config, fidelity: number) => number;
  /** Of `truth`. */
  readonly optimum: Optimum;
  /** Feasible configurations that attain the minimum: all of them where there are finitely many and `minimisersComplete`. */
  readonly minimisers: readonly Config[];
  readonly minimisersComplete: boolean;
  readonly source: string;
};

/** The run where the caller names none. */
export const firstRun: Key = [0, 0, 0, 0];

/**
 * Seconds that a job takes which trains `config` from the fidelity `from`, 0 for scratch, to `until`: only what is new where the
 * function is resumable, everything where it is not.
 *
 * @throws ConfigError as `evaluate`, and for `from` above `until`.
 */
export function jobSeconds(fn: MultiFidelityFunction, config: Config, from: number, until: number): number {
  if (from > until) throw fidelityError(fn.id, `a start of at most ${until}`, from);
  const whole = fn.costSeconds(config, until);
  return fn.resumable && from !== 0 ? whole - fn.costSeconds(config, from) : whole;
}

/** @throws ConfigError for a fidelity outside its range, or between whole ones. */
export function checkFidelity(id: string, { min, max, whole }: Fidelity, fidelity: number): void {
  if (fidelity >= min && fidelity <= max && (!whole || Number.isInteger(fidelity))) return;
  throw fidelityError(id, `a ${whole ? "whole " : ""}number in [${min}, ${max}]`, fidelity);
}

function fidelityError(id: string, expected: string, got: number): ConfigError {
  return new ConfigError({
    code: "fidelity",
    what: `the fidelity of ${id}`,
    expected,
    got: String(got),
    remedy: "Use a fidelity in the range of the function's `fidelity`.",
  });
}
