import { ConfigError } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { completeSchedule, type LearningRateSchedule, scheduleFactor } from "./schedule.ts";

it.each<[LearningRateSchedule, readonly number[]]>([
  [{ name: "constant" }, [1, 1, 1, 1, 1]],
  [{ name: "step", every: 2, factor: 0.5 }, [1, 1, 0.5, 0.5, 0.25]],
  [{ name: "inverseTime", decay: 1 }, [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]],
  [{ name: "exponential", factor: 0.95 }, [1, 0.95, 0.9025, 0.857375, 0.81450625]],
  [{ name: "cosine", horizon: 4 }, [1, (1 + Math.SQRT1_2) / 2, 0.5, (1 - Math.SQRT1_2) / 2, 0]],
])("%j multiplies the rate of the first five epochs by %j", (schedule, factors) => {
  factors.forEach((factor, epoch) => {
    expect(scheduleFactor(schedule, epoch)).toBeCloseTo(factor, 14);
  });
});

it("Past its horizon a cosine stays at 0", () => {
  expect(scheduleFactor({ name: "cosine", horizon: 3 }, 4)).toBe(0);
});

it("What is no schedule is refused", () => {
  expect(() => completeSchedule({ name: "cosin" as "cosine", horizon: 3 })).toThrow(/"cosine"/);
  expect(() => completeSchedule({ name: "cosine", horizon: 0 })).toThrow(ConfigError);
  expect(() => completeSchedule({ name: "step", every: 2.5, factor: 0.5 })).toThrow(ConfigError);
  expect(() => completeSchedule({ name: "exponential", factor: -1 })).toThrow(ConfigError);
  expect(() => completeSchedule({ name: "inverseTime", decay: NaN })).toThrow(ConfigError);
  expect(() => completeSchedule({ name: "constant", factor: 1 } as LearningRateSchedule)).toThrow(ConfigError);
});
