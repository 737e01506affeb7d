import { ConfigError, derive, type Key, root, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import type { Points, Posterior } from "../model/surrogate.ts";
import { thompsonSampling } from "./thompsonSampling.ts";

/** Independent normals of the given means and deviation 1: the posterior of a white-noise prior. */
function independent(means: readonly number[]): Posterior {
  const posterior: Posterior = {
    moments: (x) => ({ mean: Float64Array.from(means), variance: new Float64Array(x.n).fill(1) }),
    sample: (x: Points, count: number, key: Key) => {
      const source = stream(key);
      return Float64Array.from({ length: count * x.n }, (_, index) => means[index % x.n]! + source.normal());
    },
    condition: () => posterior,
  };
  return posterior;
}

const candidates = (n: number): Points => ({ data: new Float64Array(n), n, d: 1 });
const key = root("thompson");

describe("Thompson sampling", () => {
  it("picks each candidate as often as it is the best one", () => {
    // Of two normals 1 apart the lower is the less with probability Phi(1 / sqrt 2) = 0.7602.
    const picks = Array.from({ length: 4000 }, (_, time) => thompsonSampling(independent([0, 1]), candidates(2), 1, derive(key, time))[0]!);
    expect(picks.filter((index) => index === 0).length / 4000).toBeCloseTo(0.7602, 1);
  });

  it("gives a batch of different candidates, and finally all of them", () => {
    const means = [5, 4, 3, 2, 1];
    expect([...thompsonSampling(independent(means), candidates(5), 5, key)].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(thompsonSampling(independent(means), candidates(5), 3, key)).size).toBe(3);
    expect(thompsonSampling(independent(means), candidates(5), 0, key)).toEqual([]);
  });

  it("takes the first of equal values, and a value that is NaN last", () => {
    const fixed: Posterior = { ...independent([]), sample: () => Float64Array.of(NaN, 2, 1, 1, NaN, 2, 1, 1, NaN, 2, 1, 1, NaN, 2, 1, 1) };
    expect(thompsonSampling(fixed, candidates(4), 4, key)).toEqual([2, 3, 1, 0]);
  });

  it.each([-1, 1.5, 6])("cannot pick %d of 5", (count) => {
    expect(() => thompsonSampling(independent([1, 2, 3, 4, 5]), candidates(5), count, key)).toThrow(ConfigError);
  });
});
