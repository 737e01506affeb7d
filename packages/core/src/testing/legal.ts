/** What the laws accept as a configuration and as an end of a job: written out naively, apart from the code that enforces it. */

import type { Problem } from "../contract/problem.ts";
import type { Job } from "../contract/trial.ts";
import { type Config, type Plain, plainOf, type Space } from "../space/param.ts";

/** Whether `config` holds a value of each active parameter, and nothing else. */
export function inSpace(space: Space, config: Config): boolean {
  const active = space.params.filter(
    ([, param]) => param.kind !== "given" || (Object.hasOwn(config, param.parent) && param.values.includes(config[param.parent]!)),
  );
  const held = active.every(([name, param]) => Object.hasOwn(config, name) && inRange(plainOf(param), config[name]!));
  return held && active.length === Object.keys(config).length;
}

function inRange(param: Plain, value: string | number | boolean): boolean {
  if (param.kind === "choice") return param.options.includes(value);
  if (typeof value !== "number" || !(value >= param.low && value <= param.high)) return false;
  if (param.kind === "int" && !Number.isInteger(value)) return false;
  if (param.step === undefined) return true;
  const steps = (value - param.low) / param.step;
  return Math.abs(steps - Math.round(steps)) <= (param.kind === "int" ? 0 : 1e-5);
}

/** Whether a job that starts at `start` ends, and decides, where the problem allows. */
export function legalUntil({ fidelity }: Problem, start: number, { until, milestones }: Pick<Job, "until" | "milestones">): boolean {
  if (fidelity === null ? until !== 1 : !(until > start && until >= fidelity.min && until <= fidelity.max)) return false;
  if (fidelity?.whole === true && !Number.isInteger(until)) return false;
  return milestones.at(-1) === until && milestones.every((milestone, index) => milestone > (milestones[index - 1] ?? start));
}
