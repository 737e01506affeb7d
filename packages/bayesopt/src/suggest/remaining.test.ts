import { type Config, createSpace, derive, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type KnownTrial, problemModelOf, somePoints, trialsOf } from "../../testing/problemModels.ts";
import { noteOf, open, run } from "../../testing/studies.ts";
import { quasiNormals } from "../acquisition/jointDraws.ts";
import { coordinatesOf } from "../features.ts";
import { incumbentOf, landscapeOf } from "../search/acquire.ts";
import { imagine } from "../search/imagine.ts";
import { rank } from "../search/maximise.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import { type Remaining, remainingOf } from "./remaining.ts";

const space = createSpace({ x: real(0, 1) });
const f = ({ x }: Config): number => 3 + 5 * Math.sin(9 * (x as number)) * (x as number);
const known = (count: number, constraint = -1): readonly KnownTrial[] =>
  Array.from({ length: count }, (_, index) => {
    const config = { x: ((index + 1) * 0.618) % 1 };
    return { config, value: f(config), constraints: [constraint] };
  });
const choice = { warp: "identity", family: "matern52", noise: "none" } as const;
const modelOf = (all: readonly KnownTrial[], constraints = 0): ProblemModel =>
  problemModelOf(space, trialsOf(space, all), { choice, constraints });

function remaining(model: ProblemModel): Remaining | null {
  const landscape = landscapeOf(model, { acquisition: "logEI", exploring: 0, pending: [], key: root(1) });
  const ranked = rank(landscape, somePoints(model.features, 400, 5));
  return remainingOf(model, { ranked, pending: [], cost: null, key: derive(root(1), "remaining") });
}

describe("what remains to be gained", () => {
  const model = modelOf(known(7));
  const said = remaining(model)!;
  const back = (z: number): number => model.values.warp.inverse(model.values.mean + model.values.sd * z);
  const best = back(incumbentOf(model)!);

  it("is what joint draws on a fine grid say, in the user's unit", () => {
    const grid = Array.from({ length: 100 }, (_, index) => Float64Array.of((index + 0.5) / 100));
    const [process] = model.ensemble.processes;
    process!.forget();
    const { rows, means } = imagine(process!, coordinatesOf(model.features, grid), grid.length, false);
    const values = quasiNormals(2048, rows.length, root("oracle"));
    process!.drawInPlace(values, 2048, Float64Array.from(means));
    process!.forget();
    const gains = Array.from({ length: 2048 }, (_, draw) => {
      const least = Math.min(...values.subarray(draw * rows.length, (draw + 1) * rows.length));
      return Math.max(0, best - back(least));
    }).sort((a, b) => a - b);
    const mean = gains.reduce((sum, gain) => sum + gain / gains.length, 0);
    const above = gains.filter((gain) => gain > said.beyond).length / gains.length;
    expect(Math.abs(said.expected / mean - 1)).toBeLessThan(0.1);
    expect(Math.abs(said.probability - above)).toBeLessThan(0.06);
    for (const [level, gain] of said.quantiles)
      expect(Math.abs(gain - gains[Math.floor(level * gains.length)]!)).toBeLessThan(0.15 * mean + 0.1);
  });

  it("of the next trial is the greatest expected improvement", () => {
    const landscape = landscapeOf(model, { acquisition: "logEI", exploring: 0, pending: [], key: root(1) });
    const [top] = rank(landscape, somePoints(model.features, 400, 5));
    // Of identity, a warp back is the same scale everywhere.
    expect(said.next / (Math.exp(top!.value) * (back(1) - back(0)))).toBeCloseTo(1, 2);
  });

  it("counts gains beyond a hundredth of the distance from the median to the best", () => {
    const sorted = known(7)
      .map(({ value }) => value)
      .sort((a, b) => a - b);
    expect(said.beyond).toBeCloseTo(0.01 * (sorted[3]! - sorted[0]!), 9);
  });

  it("shrinks as the function becomes known", () => {
    expect(remaining(modelOf(known(30)))!.expected).toBeLessThan(0.05 * said.expected);
  });

  it("is not known before anything is feasible", () => {
    expect(remaining(modelOf(known(5, 1), 1))).toBeNull();
  });

  it("is nothing where no point is likely to be feasible", () => {
    const all = known(12).map((one, index) => ({ ...one, constraints: [index === 0 ? -1 : 1 + 0.01 * index] }));
    const infeasible = remaining(modelOf(all, 1))!;
    expect(infeasible.expected).toBeLessThan(
      0.2 *
        remaining(
          modelOf(
            all.map((one) => ({ ...one, constraints: [-1] })),
            1,
          ),
        )!.expected +
        0.3,
    );
  });
});

it("each ask by the most probable model notes it, for a goal to maximise as for one to minimise, and the study keeps it", () => {
  const study = open(space, { options: { initial: 4 } });
  run(study, 9, ({ x }) => (x as number) ** 2);
  const [job] = study.ask().jobs;
  const { remaining: noted } = noteOf(job!) as { readonly remaining: Remaining };
  expect(study.outlooks!.at(-1)).toEqual({ trial: 9, ...noted });
  expect(study.outlooks!.map(({ trial }) => trial)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(noted.nextPerSecond).toBeUndefined();
});
