/** Numbers of golden/classifier.py: expectation propagation by inverses and quadrature, and exact probabilities. */
import { createSpace, derive, real, root, stream } from "@caviar-hpo/core";
import { log, normalCdf } from "@caviar-hpo/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Features, featuresOf } from "../features.ts";
import type { Data, Model } from "../model/data.ts";
import { flat } from "../process/prior.ts";
import golden from "./classifier.golden.json" with { type: "json" };
import { classify, newClassifierCache, newClassifierState } from "./classify.ts";
import { createLabelLikelihood } from "./labelLikelihood.ts";
import { labelModel, lengthscaleFloors } from "./labelModel.ts";
import { latentProcess } from "./latentProcess.ts";
import { tellingLabels } from "./tellingLabels.ts";

const featuresIn = (d: number): Features =>
  featuresOf(createSpace(Object.fromEntries(Array.from({ length: d }, (_, axis) => [`x${axis}`, real(0, 1)]))));

function labelled(d: number, x: ArrayLike<number>, labels: ArrayLike<number>): Data {
  return { x: Float64Array.from(x), y: Float64Array.from(labels), d, variance: null };
}

/** Mean, variance and probability of label -1 at each point. */
function predictions(data: Data, lengthscales: readonly number[], noise: number, z: readonly number[]): readonly (readonly number[])[] {
  const { kernel } = labelModel(
    featuresIn(data.d),
    lengthscales.map(() => 0),
  );
  const u = Float64Array.from([...lengthscales.map(log), 0, log(noise)]);
  const latent = latentProcess({ kernel, data, u }, data.y.length, null)!;
  const m = z.length / data.d;
  const [mean, variance] = [new Float64Array(m), new Float64Array(m)];
  latent.process.predict({ z: Float64Array.from(z), m }, { mean, variance });
  return Array.from(mean, (one, j) => [one, variance[j]!, normalCdf(-one / Math.sqrt(variance[j]! + latent.noise))]);
}

describe.each(golden.map((one, index) => [index, one] as const))("of the labels of case %i", (_, known) => {
  const { x, labels, z, d, lengthscales, noise, propagated, exact } = known;
  const data = labelled(d, x, labels);

  it("the latent values have the means, variances and probabilities of the second implementation", () => {
    predictions(data, lengthscales, noise, z).forEach(([mean, variance, probability], j) => {
      expect(mean).toBeCloseTo(propagated.mean[j]!, 6);
      expect(variance).toBeCloseTo(propagated.variance[j]!, 6);
      expect(probability).toBeCloseTo(propagated.probability[j]!, 6);
    });
  });

  it("the marginal likelihood has its value and its slopes", () => {
    const model = labelModel(
      featuresIn(d),
      lengthscales.map(() => 0),
    );
    const free: Model = {
      kernel: { ...model.kernel, hyperparameters: model.kernel.hyperparameters.map(withoutPrior) },
      noise: withoutPrior(model.noise!),
    };
    const gradient = new Float64Array(d + 2);
    const value = createLabelLikelihood(free, data).at(Float64Array.from([...lengthscales.map(log), 0, log(noise)]), gradient);
    expect(value).toBeCloseTo(propagated.logZ, 6);
    [...gradient.subarray(0, d), gradient[d + 1]!].forEach((slope, p) => expect(slope).toBeCloseTo(propagated.byLogHyperparameters[p]!, 5));
  });

  it("both are near what they approximate", () => {
    expect(Math.abs(propagated.logZ - exact.logZ)).toBeLessThan(0.02);
    predictions(data, lengthscales, noise, z).forEach(([, , probability], j) =>
      expect(Math.abs(probability! - exact.probability[j]!)).toBeLessThan(0.05),
    );
  });
});

const withoutPrior = <H extends object>(one: H): H & { readonly prior: typeof flat } => ({ ...one, prior: flat });

const unit = fc.double({ min: 0, max: 1, noNaN: true });
/** Labels in one or two parameters, with repeated points. */
const labelSets = fc
  .record({
    d: fc.constantFrom(1, 2),
    points: fc.array(fc.tuple(unit, unit, fc.boolean()), { minLength: 1, maxLength: 14 }),
    twins: fc.nat(6),
  })
  .map(({ d, points, twins }) => {
    const all = [...points, ...points.slice(0, twins)];
    return labelled(
      d,
      all.flatMap(([a, b]) => [a, b].slice(0, d)),
      all.map(([, , fails], index) => (fails !== index >= points.length ? 1 : -1)),
    );
  });
const hyperparameters = fc.record({
  length: fc.double({ min: 0.05, max: 3, noNaN: true }),
  noise: fc.constantFrom(1e-6, 1e-3, 0.1, 1, 10),
});
const probes = [0, 0.3, 0.5, 0.99];
const probesIn = (d: number): readonly number[] => probes.flatMap((at) => Array.from({ length: d }, () => at));

describe("whatever the labels, repeated and contradicting points included,", () => {
  const check = (law: (data: Data, lengths: readonly number[], noise: number) => void): void =>
    fc.assert(
      fc.property(labelSets, hyperparameters, (data, { length, noise }) =>
        law(
          data,
          Array.from({ length: data.d }, () => length),
          noise,
        ),
      ),
      { numRuns: 60, seed: 1 },
    );

  it("means and variances are finite, and probabilities lie between 0 and 1", () => {
    check((data, lengths, noise) => {
      for (const [mean, variance, probability] of predictions(data, lengths, noise, probesIn(data.d))) {
        expect(Number.isFinite(mean)).toBe(true);
        expect(variance! >= 0 && variance! <= 1 + 1e-9).toBe(true);
        expect(probability! >= 0 && probability! <= 1).toBe(true);
      }
    });
  });

  it("exchanging all labels exchanges the probabilities", () => {
    check((data, lengths, noise) => {
      const there = predictions(data, lengths, noise, probesIn(data.d));
      const back = predictions({ ...data, y: data.y.map((label) => -label) }, lengths, noise, probesIn(data.d));
      there.forEach(([mean, variance], j) => {
        expect(back[j]![0]).toBeCloseTo(-mean!, 9);
        expect(back[j]![1]).toBeCloseTo(variance!, 9);
      });
    });
  });

  it("the order of the labels hardly matters", () => {
    check((data, lengths, noise) => {
      const { y, d } = data;
      const rows = Array.from(y.keys()).reverse();
      const reversed = labelled(
        d,
        rows.flatMap((row) => [...data.x.subarray(row * d, row * d + d)]),
        rows.map((row) => y[row]!),
      );
      const other = predictions(reversed, lengths, noise, probesIn(d));
      predictions(data, lengths, noise, probesIn(d)).forEach(([, , p], j) => expect(other[j]![2]).toBeCloseTo(p!, 4));
    });
  });

  it("the slopes of the marginal likelihood are its differences", () => {
    check((data, lengths, noise) => {
      const likelihood = createLabelLikelihood(labelModel(featuresIn(data.d), lengths), data);
      const u = Float64Array.from([...lengths.map(log), 0, log(noise)]);
      const [gradient, unused] = [new Float64Array(u.length), new Float64Array(u.length)];
      likelihood.at(u, gradient);
      for (const p of [0, u.length - 1]) {
        const at = (step: number): number =>
          likelihood.at(
            Float64Array.from(u, (one, i) => (i === p ? one + step : one)),
            unused,
          );
        const difference = (at(1e-3) - at(-1e-3)) / 2e-3;
        expect(Math.abs(gradient[p]! - difference)).toBeLessThan(1e-3 * (1 + Math.abs(difference)));
      }
    });
  });
});

describe("far away from all labels", () => {
  it("the probability is that of the latent mean alone: even without labels of one kind, above one half with more of the other", () => {
    const [[mean, variance]] = predictions(labelled(1, [0.1, 0.2, 0.9], [-1, -1, -1]), [0.2], 0.1, [1e6]) as [readonly number[]];
    expect(variance).toBeCloseTo(1, 12);
    expect(mean).toBeLessThan(-0.3);
    const [[, , even]] = predictions(labelled(1, [0.1, 0.9], [-1, 1]), [0.2], 0.1, [1e6]) as [readonly number[]];
    expect(even).toBeCloseTo(0.5, 6);
  });
});

describe("the fit", () => {
  const edge = (n: number, fails: (x: number, row: number) => boolean): Data => {
    const x = Array.from({ length: n }, (_, row) => ((row + 1) * 0.618) % 1);
    return labelled(
      1,
      x,
      x.map((at, row) => (fails(at, row) ? 1 : -1)),
    );
  };
  const fitted = (data: Data): readonly number[] => {
    const state = newClassifierState();
    classify({ features: featuresIn(1), data, extra: 0 }, state, newClassifierCache());
    return state.hyperparameters!.map((u) => Math.exp(u));
  };

  it("does not let the lengthscale collapse where a search has gathered at the edge, which regression on labels did", () => {
    const far = [0.04, 0.24, 0.47, 0.61, 0.93];
    const near = Array.from({ length: 25 }, (_, row) => 0.3 + (row % 2 === 0 ? -1 : 1) * 0.02 * 0.7 ** row);
    const [length] = fitted(
      labelled(
        1,
        [...far, ...near],
        [...far, ...near].map((at) => (at > 0.3 ? 1 : -1)),
      ),
    );
    expect(length).toBeGreaterThan(0.1);
  });

  it("finds that failures depend on the point, or that they are chance", () => {
    const [, , certain] = fitted(edge(40, (x) => x > 0.3));
    const [length, , chance] = fitted(edge(40, (_, row) => stream(derive(root("chance"), row)).uniform() < 0.1));
    expect(certain).toBeLessThan(1e-2);
    expect(chance).toBeGreaterThan(0.1);
    expect(length).toBeGreaterThan(0.1);
  });

  it("keeps lengthscales above the spacing of the labels, which clusters hardly change", () => {
    const even = Array.from({ length: 10 }, (_, row) => (row + 0.5) / 10);
    const at = (d: number, x: readonly number[]): number =>
      lengthscaleFloors(featuresIn(d), labelled(d, x, new Float64Array(x.length / d)))[0]!;
    expect(at(1, even)).toBeCloseTo(0.095, 12); // nine gaps of 0.1 and two of 0.05, squared
    const cluster = Array.from({ length: 50 }, (_, row) => 0.55 + row * 1e-6);
    expect(at(1, [...even, ...cluster])).toBeCloseTo(0.095, 3);
    expect(
      at(
        2,
        even.flatMap((x) => [x, x]),
      ),
    ).toBeCloseTo(Math.sqrt(0.095), 12);
  });

  it("gives the same process whatever memory it found", () => {
    const features = featuresIn(1);
    const cache = newClassifierCache();
    const state = newClassifierState();
    for (const n of [5, 9, 40, 12]) {
      const data = edge(n, (x) => x > 0.3);
      const own = structuredClone(state);
      const kept = classify({ features, data, extra: 3 }, state, cache)!;
      const fresh = classify({ features, data, extra: 3 }, own, newClassifierCache())!;
      expect(state).toEqual(own);
      const [a, b] = [new Float64Array(4), new Float64Array(4)];
      kept.process.predict({ z: Float64Array.from(probes), m: 4 }, { mean: a });
      fresh.process.predict({ z: Float64Array.from(probes), m: 4 }, { mean: b });
      expect(a).toEqual(b);
    }
  });
});

describe("of many labels", () => {
  const many = labelled(
    1,
    Array.from({ length: 500 }, (_, row) => row),
    Array.from({ length: 500 }, (_, row) => (row % 25 === 0 ? 1 : -1)),
  );

  it("all of the rarer kind are taken, and of the other kind the latest and some of each time", () => {
    const { x, y } = tellingLabels(many, 128);
    expect(y.length).toBe(128);
    expect(y.filter((label) => label > 0).length).toBe(20);
    expect([...x]).toEqual([...x].sort((a, b) => a - b));
    expect(x.at(-1)).toBe(499);
    expect(x.filter((row) => row < 250).length).toBeGreaterThan(25);
    expect(new Set(x).size).toBe(128);
    expect([...y].every((label, row) => label === (x[row]! % 25 === 0 ? 1 : -1))).toBe(true);
  });

  it("all are taken while there are few", () => {
    expect(tellingLabels(many, 500)).toBe(many);
  });
});
