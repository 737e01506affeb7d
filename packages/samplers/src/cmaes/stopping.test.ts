import { createSpace, int, real } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { type Gaussian, gaussianAt } from "./gaussian.ts";
import { layoutOf } from "./layout.ts";
import { type Merit, noProgress, type Progress, progressed, type Standing, stopReason } from "./stopping.ts";

const { axes } = layoutOf(createSpace({ x: real(0, 1), y: real(0, 1) }));
const standing = (changes: Partial<Standing>): Standing => ({
  gaussian: gaussianAt([0.5, 0.5], 0.2),
  axes,
  sigma: 0.2,
  population: 6,
  generation: 10,
  progress: noProgress,
  ...changes,
});
const scaled = (covariance: readonly number[], sigma = 0.2, mean: readonly number[] = [0.5, 0.5]): Gaussian =>
  gaussianAt(mean, sigma, covariance);

/** The progress of generations whose members have these values. */
function progressOf(values: (generation: number) => readonly number[], generations: number): Progress {
  let progress = noProgress;
  for (let generation = 1; generation <= generations; generation++) {
    const merits = values(generation).map((value): Merit => [0, value]);
    progress = progressed(progress, merits, generation, 2);
  }
  return progress;
}

test.each<readonly [string, Partial<Standing>]>([
  ["condition", { gaussian: scaled([1, 0, 0, 1.1e14]) }],
  ["condition", { gaussian: scaled([1, 0, 0, -1]) }],
  ["condition", { gaussian: scaled([NaN, 0, 0, 1]) }],
  ["diverged", { gaussian: scaled([1, 0, 0, 1], 2001) }],
  ["diverged", { gaussian: scaled([1, 0, 0, 1], Infinity) }],
  ["converged", { gaussian: scaled([1, 0, 0, 1], 1e-13) }],
  ["noEffect", { gaussian: scaled([1, 0, 0, 1], 1e-11, [1e6, 0.5]) }],
  ["length", { generation: 611 }],
])("a run ends by %s", (reason, changes) => {
  expect(stopReason(standing(changes))).toBe(reason);
});

describe("a run continues", () => {
  it("at any scale of its distribution between these", () => {
    for (const sigma of [1e-11, 1e-6, 0.2, 1999]) expect(stopReason(standing({ gaussian: scaled([1, 0, 0, 1], sigma) }))).toBe(null);
    expect(stopReason(standing({ gaussian: scaled([1, 0, 0, 9e13], 1e-6) }))).toBe(null);
  });

  it("on whole numbers, whose margin keeps samples apart however small the step is", () => {
    const { axes: whole } = layoutOf(createSpace({ x: int(0, 9), y: int(0, 9) }));
    expect(stopReason(standing({ axes: whole, gaussian: scaled([1, 0, 0, 1], 1e-14) }))).toBe(null);
  });
});

describe("the values of a run", () => {
  it("are flat if the best three quarters of two generations in a row are equal", () => {
    expect(stopReason(standing({ progress: progressOf(() => [1, 1, 1, 1, 1, 2], 1) }))).toBe(null);
    expect(stopReason(standing({ progress: progressOf(() => [1, 1, 1, 1, 1, 2], 2) }))).toBe("flat");
    expect(stopReason(standing({ progress: progressOf(() => [1, 1, 1, 1, 2, 2], 2) }))).toBe(null);
  });

  it("are flat if the best value stays the same for 10 + 30 n / lambda generations", () => {
    const values = (generation: number): readonly number[] => [1, 2, 3, 4, 5, 6 + generation];
    expect(stopReason(standing({ progress: progressOf(values, 19) }))).toBe(null);
    expect(stopReason(standing({ progress: progressOf(values, 20) }))).toBe("flat");
  });

  it("are stagnant if neither the best nor the median value gets better over 120 + 30 n / lambda generations", () => {
    const noise = (generation: number): readonly number[] => Array.from({ length: 6 }, (_, index) => index + ((generation * 37) % 11) / 11);
    expect(stopReason(standing({ progress: progressOf(noise, 129) }))).toBe(null);
    expect(stopReason(standing({ progress: progressOf(noise, 130) }))).toBe("stagnation");
    const better = (generation: number): readonly number[] => noise(generation).map((value) => value - generation);
    expect(stopReason(standing({ progress: progressOf(better, 400) }))).toBe(null);
  });

  it("are compared and never subtracted, so their unit changes nothing", () => {
    const values = (generation: number): readonly number[] => Array.from({ length: 6 }, (_, index) => index + ((generation * 37) % 11));
    for (const unit of [1e-300, 1e-12, 1e12, 1e300]) {
      const progress = progressOf((generation) => values(generation).map((value) => value * unit), 60);
      expect(stopReason(standing({ progress }))).toBe(stopReason(standing({ progress: progressOf(values, 60) })));
    }
  });
});
