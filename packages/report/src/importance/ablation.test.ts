import { type Config, choice, createSpace, decode, derive, given, real, root, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { ablation } from "./ablation.ts";

const space = createSpace([
  ["rate", real(0, 1)],
  ["optimizer", choice(["sgd", "adam"])],
  ["momentum", given("optimizer", ["sgd"], real(0, 1))],
  ["idle", real(0, 1)],
]);
const f = ({ rate, optimizer, momentum }: Config): number => 4 * (rate as number) + (optimizer === "sgd" ? (momentum as number) : 2);
const observations = Array.from({ length: 800 }, (_, index) => {
  const source = stream(derive(root("ablation"), index));
  const config = decode(
    space,
    Float64Array.from({ length: 4 }, () => source.uniform()),
  );
  return { config, value: f(config) };
});
const options = { key: root(1), trees: 16 };

describe("an ablation path", () => {
  it("changes first what helps most, and ends at the second configuration", () => {
    const from = { rate: 0.9, optimizer: "adam", idle: 0.2 };
    const to = { rate: 0.1, optimizer: "sgd", momentum: 0.3, idle: 0.7 };
    const { start, steps } = ablation(space, observations, from, to, options);
    expect(steps.slice(0, 2).map(({ name }) => name)).toEqual(["rate", "optimizer"]);
    expect(steps[2]!.name).toBe("idle");
    expect(Math.abs(start - f(from))).toBeLessThan(0.2);
    expect(Math.abs(steps[0]!.prediction - f({ ...from, rate: 0.1 }))).toBeLessThan(0.2);
    expect(Math.abs(steps[2]!.prediction - f(to))).toBeLessThan(0.2);
    const back = ablation(space, observations, to, from, options);
    expect(back.start).toBe(steps[2]!.prediction);
    expect(back.steps.length).toBe(3);
  });

  it("has a step for a conditional parameter where both have it", () => {
    const from = { rate: 0.5, optimizer: "sgd", momentum: 0.9, idle: 0.5 };
    const { steps } = ablation(space, observations, from, { ...from, momentum: 0.1 }, options);
    expect(steps.map(({ name }) => name)).toEqual(["momentum"]);
  });

  it("between a configuration and itself has no steps", () => {
    const config = { rate: 0.5, optimizer: "adam", idle: 0.5 };
    expect(ablation(space, observations, config, config, options).steps).toEqual([]);
  });

  it("refuses a configuration outside the space", () => {
    const config = { rate: 0.5, optimizer: "adam", idle: 0.5 };
    expect(() => ablation(space, observations, config, { ...config, rate: 7 }, options)).toThrow(/rate/);
  });
});
