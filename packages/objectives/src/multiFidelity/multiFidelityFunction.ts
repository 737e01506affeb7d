/**
 * A test function that can be measured in part: cheaply and inexactly at a low fidelity, expensively and exactly at the highest one. Its
 * minimum at the highest fidelity is known, as for a `TestFunction`. Everything is minimised.
 *
 * A regret is computed from `truth`, never from a measurement. If a method recommends a configuration that it has only measured cheaply, it
 * is judged by the exact value of that configuration.
 */
import { type Config, ConfigError, type Fidelity, type Key, type Space } from "@caviar-hpo/core";
import type { Optimum } from "../testFunction.ts";

/** A test function of several fidelities, with a certified minimum at the highest one. */
export type MultiFidelityFunction = {
  /** Stable and unique, such as `currin-mf`, `counting-ones-c8-r8` or `curves-crossing-branin`. */
  readonly id: string;
  readonly title: string;
  readonly space: Space;
  readonly fidelity: Fidelity;
  /** Whether training can continue from where it stopped. This is a property of the problem. A strategy cannot choose it. */
  readonly resumable: boolean;
  /**
   * The measurement at `fidelity`. It is NaN if training has diverged, or if the configuration is infeasible. `run` names the training run:
   * the same run always gives the same curve, and another run has new noise. Pure.
   *
   * @throws ConfigError for a configuration that is not in `space`, and for a fidelity out of range.
   */
  readonly evaluate: (config: Config, fidelity: number, run?: Key) => number;
  /** The value at the highest fidelity without noise. NaN if infeasible. Throws ConfigError as `evaluate` does. */
  readonly truth: (config: Config) => number;
  /** Whether the configuration can be measured at all. Throws ConfigError as `evaluate` does. */
  readonly feasible: (config: Config) => boolean;
  /** The seconds of a training from scratch to `fidelity`. Throws ConfigError as `evaluate` does. */
  readonly costSeconds: (config: Config, fidelity: number) => number;
  /** The minimum of `truth`. */
  readonly optimum: Optimum;
  /** Feasible configurations that attain the minimum: all of them if `minimisersComplete`, otherwise some. */
  readonly minimisers: readonly Config[];
  readonly minimisersComplete: boolean;
  readonly source: string;
};

/** The run where the caller names none. */
export const firstRun: Key = [0, 0, 0, 0];

/**
 * The seconds of a job that trains `config` from the fidelity `from` to `until`. A `from` of 0 means from scratch. If the function is
 * resumable, only the new part counts. Otherwise everything up to `until` counts.
 *
 * @throws ConfigError as `evaluate` does, and if `from` is above `until`.
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
