/** Functions of several fidelities on a box: from formulas of a point to functions of a checked configuration. */
import { type Config, checkConfig, type Fidelity, type Key } from "@caviar-hpo/core";
import { boxSpace, coordinate } from "../problem.ts";
import type { Optimum, TestFunction } from "../testFunction.ts";
import { checkFidelity, firstRun, type MultiFidelityFunction } from "./multiFidelityFunction.ts";

export type BoxFunction = {
  readonly id: string;
  readonly title: string;
  readonly bounds: TestFunction["bounds"];
  readonly fidelity: Fidelity;
  readonly resumable: boolean;
  /** The formulas get a legal point and a legal fidelity, and do not change the point. */
  readonly measureAt: (x: Float64Array, fidelity: number, run: Key) => number;
  readonly truthAt: (x: Float64Array) => number;
  readonly secondsAt: (x: Float64Array, fidelity: number) => number;
  /** Everywhere where it is left out. */
  readonly feasibleAt?: (x: Float64Array) => boolean;
  readonly optimum: Optimum;
  readonly minimisers: readonly (readonly number[])[];
  readonly minimisersComplete: boolean;
  readonly source: string;
};

export function overBox(box: BoxFunction): MultiFidelityFunction {
  const { id, title, bounds, fidelity: range, resumable, measureAt, truthAt, secondsAt, feasibleAt = () => true } = box;
  const { optimum, minimisers, minimisersComplete, source } = box;
  const space = boxSpace(bounds);
  const names = bounds.map((_, k) => coordinate(k));
  const pointOf = (given: Config): Float64Array => {
    const config = checkConfig(space, given);
    const point = new Float64Array(names.length);
    for (let k = 0; k < point.length; k++) point[k] = config[names[k]!] as number;
    return point;
  };
  return {
    id,
    title,
    space,
    fidelity: range,
    resumable,
    evaluate: (config, fidelity, run = firstRun) => {
      checkFidelity(id, range, fidelity);
      const x = pointOf(config);
      return feasibleAt(x) ? measureAt(x, fidelity, run) : NaN;
    },
    truth: (config) => {
      const x = pointOf(config);
      return feasibleAt(x) ? truthAt(x) : NaN;
    },
    feasible: (config) => feasibleAt(pointOf(config)),
    costSeconds: (config, fidelity) => {
      checkFidelity(id, range, fidelity);
      return secondsAt(pointOf(config), fidelity);
    },
    optimum,
    minimisers: minimisers.map((point) => Object.fromEntries(names.map((name, k) => [name, point[k]!]))),
    minimisersComplete,
    source,
  };
}
