import { ConfigError, derive, NumericalError, root } from "@caviar-hpo/core";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { centralDifferences, expectClose, uniforms } from "../../testing/kernelLaws.ts";
import { lengthscale } from "../kernels/families.ts";
import type { Hyperparameter } from "../kernels/kernel.ts";
import { product } from "../kernels/product.ts";
import { stationary } from "../kernels/stationary.ts";
import { sum } from "../kernels/sum.ts";
import { flat, gamma } from "../process/prior.ts";
import { gaussianProcess } from "./gaussianProcess.ts";
import { ard, isotropic, plane } from "./kernels.ts";
import golden from "./regression.golden.json" with { type: "json" };
import type { Regression } from "./regression.ts";
import type { InputBox } from "./scaling.ts";

const box = golden.box as unknown as InputBox;
const relative = (value: number, wanted: number): number => Math.abs(value - wanted) / Math.abs(wanted);
/** A kernel of which nothing is left to fit. */
const exactly = (name: string, value: number): Hyperparameter => ({ name, low: value, high: value, start: value, prior: flat });
const given = (lengthscales: readonly number[], scale: number) =>
  stationary("matern52", {
    coordinates: lengthscales.map((_, f) => f),
    groups: lengthscales.map((_, f) => f),
    lengthscales: lengthscales.map((value, f) => exactly(`lengthscale ${f}`, value)),
    scale: exactly("outputscale", scale),
  });

describe("next to NumPy and SciPy", () => {
  it("predictions, covariances and marginal likelihood at given hyperparameters agree to 1e-10", () => {
    const { fixed } = golden;
    const { predict, covariance, logMarginalLikelihood } = gaussianProcess({
      kernel: () => given(fixed.lengthscales, fixed.scale),
      noise: fixed.noise,
      box,
    }).fit(golden.x, golden.y);
    predict(golden.z).mean.forEach((value, j) => {
      expect(relative(value, fixed.mean[j]!)).toBeLessThan(1e-10);
    });
    const largest = Math.max(...fixed.covariance);
    covariance(golden.z)
      .to1DArray()
      .forEach((value, at) => {
        expect(Math.abs(value - fixed.covariance[at]!)).toBeLessThan(1e-10 * largest);
      });
    predict(golden.z).variance.forEach((value, j) => {
      expect(Math.abs(value - fixed.covariance[6 * j]!)).toBeLessThan(1e-10 * largest);
    });
    expect(relative(logMarginalLikelihood, fixed.logMarginalLikelihood)).toBeLessThan(1e-10);
  });

  it("the fit finds the hyperparameters that SciPy finds from 30 starts", () => {
    const { fitted } = golden;
    const kernel = (count: number) =>
      stationary("matern52", {
        coordinates: [0, 1],
        groups: [0, 1],
        lengthscales: [0, 1].map((f) => lengthscale(`lengthscale ${f}`, count)),
        scale: { name: "outputscale", low: 1e-3, high: 100, start: 1, prior: gamma(2, 1) },
      });
    const regression = gaussianProcess({ noise: "learned", kernel, box }).fit(golden.x, golden.y);
    expect(Object.keys(regression.hyperparameters)).toEqual(["lengthscale 0", "lengthscale 1", "outputscale", "noise variance"]);
    Object.values(regression.hyperparameters).forEach((value, p) => {
      expect(relative(value, fitted.hyperparameters[p]!)).toBeLessThan(0.02);
    });
    expect(Math.abs(regression.logMarginalLikelihood - fitted.logMarginalLikelihood)).toBeLessThan(0.05);
    expect(relative(regression.noiseVariance, fitted.noiseVariance)).toBeLessThan(0.02);
    const { mean, variance } = regression.predict(golden.z);
    mean.forEach((value, j) => {
      expect(Math.abs(value - fitted.mean[j]!)).toBeLessThan(0.02 * Math.sqrt(variance[j]!));
      expect(relative(variance[j]!, fitted.covariance[6 * j]!)).toBeLessThan(0.03);
    });
  });
});

const d = 2;
const x = uniforms(30 * d, 3);
const rows = Array.from({ length: 30 }, (_, i) => [...x.subarray(i * d, i * d + d)]);
const wave = ([a, b]: readonly number[]): number => 100 + 20 * Math.sin(6 * a!) * (1 + b!);
const y = rows.map(wave);
const replaced = (index: number, by: number): number[] => y.map((value, i) => (i === index ? by : value));
const queries = Array.from({ length: 70 }, (_, j) => [...uniforms(d, 50 + j)]);
const quiet = gaussianProcess({ noise: "none" }).fit(rows, y);
const everything = (regression: Regression) => {
  const { mean, variance } = regression.predict(queries);
  return { mean, variance, hyperparameters: regression.hyperparameters, logMarginalLikelihood: regression.logMarginalLikelihood };
};

describe("a regression", () => {
  it("meets exact values, and foretells others within its deviations", () => {
    const { mean, variance } = quiet.predict(rows);
    expectClose(mean, Float64Array.from(y), 1e-6);
    expect(Math.max(...variance)).toBeLessThan(1e-6);
    const there = quiet.predict(queries);
    queries.forEach((query, j) => {
      expect(Math.abs(there.mean[j]! - wave(query))).toBeLessThan(5 * Math.sqrt(there.variance[j]!) + 1e-3);
    });
  });

  it("takes rows of numbers, typed rows, ml-matrix's matrices and views, and flat points alike, to the bit", () => {
    const wanted = everything(quiet);
    const wider = new Matrix(rows.map((row) => [9, ...row]));
    for (const inputs of [
      rows.map((row) => Float64Array.from(row)),
      new Matrix(rows),
      wider.subMatrixColumn([1, 2]),
      { data: x, n: 30, d },
    ])
      expect(everything(gaussianProcess({ noise: "none" }).fit(inputs, Float64Array.from(y)))).toEqual(wanted);
    expect(quiet.predict(new Matrix(queries))).toEqual(quiet.predict(queries));
  });

  it("means the same in other units of inputs and values", () => {
    const other = gaussianProcess({ noise: "none" }).fit(
      rows.map(([a, b]) => [1000 * a! - 7, b! / 64]),
      y.map((value) => 1024 * value),
    );
    const [some, others] = [quiet.predict(queries), other.predict(queries.map(([a, b]) => [1000 * a! - 7, b! / 64]))];
    others.mean.forEach((value, j) => {
      expect(Math.abs(value / 1024 - some.mean[j]!)).toBeLessThan(0.05 * Math.sqrt(some.variance[j]!) + 1e-6);
    });
    expect(Math.abs(other.logMarginalLikelihood + 30 * Math.log(1024) - quiet.logMarginalLikelihood)).toBeLessThan(1e-2);
  });

  it("has the gradients that differences show, in the user's units", () => {
    const stretched = gaussianProcess({ noise: 0.5 }).fit(
      rows.map(([a, b]) => [1000 * a!, b!]),
      y,
    );
    const at = Float64Array.of(310, 0.42, 777, 0.1);
    const points = (data: Float64Array) => ({ data, n: 2, d });
    const { gradient } = stretched.predict(points(at), true);
    const total = (which: "mean" | "variance") => (data: Float64Array) => {
      const values = stretched.predict(points(data))[which];
      return values[0]! + values[1]!;
    };
    expectClose(gradient!.mean, centralDifferences(total("mean"), at, 1e-4), 1e-5);
    expectClose(gradient!.variance, centralDifferences(total("variance"), at, 1e-4), 1e-5);
  });

  it("the prior conditioned on points is their regression at the same hyperparameters, to 1e-8", () => {
    const unit: InputBox = [
      [0, 1],
      [0, 1],
    ];
    const mean = y.reduce((total, value) => total + value / 30, 0);
    const sd = Math.sqrt(y.reduce((total, value) => total + (value - mean) ** 2 / 30, 0));
    const standard = y.map((value) => (value - mean) / sd);
    for (const noise of [0, 0.3]) {
      const process = gaussianProcess({ kernel: () => given([0.3, 0.5], 1.2), noise, box: unit });
      const [grown, whole] = [process.fit([], []).condition(rows, standard), process.fit(rows, standard)];
      expectClose(grown.predict(queries).mean, whole.predict(queries).mean, 1e-8);
      expectClose(grown.predict(queries).variance, whole.predict(queries).variance, 1e-8);
      expect([grown.n, grown.noiseVariance]).toEqual([30, noise]);
    }
  });

  it("conditioned in two steps is conditioned in one, to 1e-8", () => {
    const some = gaussianProcess({ noise: "learned" }).fit(rows.slice(0, 20), y.slice(0, 20));
    const once = some.condition(rows.slice(20), y.slice(20));
    const twice = some.condition(rows.slice(20, 25), y.slice(20, 25)).condition(rows.slice(25), y.slice(25));
    expectClose(twice.predict(queries).mean, once.predict(queries).mean, 1e-8);
    expectClose(twice.predict(queries).variance, once.predict(queries).variance, 1e-8);
    expect(once.hyperparameters).toEqual(some.hyperparameters);
  });

  it("uses what is known of each measurement's variance", () => {
    const trusted = gaussianProcess({ noise: "none" }).fit([[0.2], [0.8]], [0, 1], { variance: [1e-6, 4] });
    const { mean } = trusted.predict([[0.2], [0.8]]);
    expect(Math.abs(mean[0]!)).toBeLessThan(0.01);
    expect(mean[1]!).toBeLessThan(0.9);
    const grown = trusted.condition([[0.8]], [1], [1e-9]);
    expect(Math.abs(grown.predict([[0.8]]).mean[0]! - 1)).toBeLessThan(0.01);
  });
});

describe("joint draws", () => {
  const points = [[0.2, 0.3], [0.25, 0.3], [0.9, 0.9], rows[4]!];
  const noisy = gaussianProcess({ noise: "learned", kernel: (count) => ard("matern32", count) }).fit(
    rows.slice(0, 12),
    y.slice(0, 12).map((value, i) => value + (i % 3) - 1),
  );

  it("have the posterior's means and covariances", () => {
    const count = 4000;
    const draws = noisy.sample(points, count, root(1));
    const { mean } = noisy.predict(points);
    const covariance = noisy.covariance(points);
    const mean2 = points.map((_, j) => Array.from({ length: count }, (_none, i) => draws[i * 4 + j]!).reduce((a, b) => a + b / count, 0));
    points.forEach((_, j) => {
      const error = Math.sqrt(covariance.get(j, j) / count);
      expect(Math.abs(mean2[j]! - mean[j]!)).toBeLessThan(5 * error);
      points.forEach((_none, k) => {
        let found = 0;
        for (let i = 0; i < count; i++) found += ((draws[i * 4 + j]! - mean[j]!) * (draws[i * 4 + k]! - mean[k]!)) / count;
        const scale = Math.sqrt(covariance.get(j, j) * covariance.get(k, k));
        expect(Math.abs(found - covariance.get(j, k))).toBeLessThan((5 * 1.5 * scale) / Math.sqrt(count));
      });
    });
  });

  it("are the same for the same key, other for another, and begin alike whatever the count", () => {
    const draws = noisy.sample(points, 5, root(2));
    expect(noisy.sample(points, 5, root(2))).toEqual(draws);
    expect(noisy.sample(points, 2, root(2))).toEqual(draws.slice(0, 8));
    expect(noisy.sample(points, 5, derive(root(2), 1))).not.toEqual(draws);
  });

  it("go through exact values, and are smooth where points nearly repeat", () => {
    const close = [...rows.slice(0, 5), rows[0]!, rows[0]!.map((value) => value + 1e-9), [0.5, 0.5], [0.5, 0.5]];
    const draws = quiet.sample(close, 3, root(3));
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 5; j++) expect(Math.abs(draws[i * 9 + j]! - y[j]!)).toBeLessThan(1e-3);
      expect(Math.abs(draws[i * 9 + 5]! - draws[i * 9]!)).toBeLessThan(1e-3);
      expect(Math.abs(draws[i * 9 + 6]! - draws[i * 9]!)).toBeLessThan(1e-3);
      expect(Math.abs(draws[i * 9 + 7]! - draws[i * 9 + 8]!)).toBeLessThan(1e-3);
    }
  });

  it("of no points, and none of them, are empty", () => {
    expect(noisy.sample([], 3, root(1)).length).toBe(0);
    expect(noisy.sample(points, 0, root(1)).length).toBe(0);
    expect(noisy.covariance([]).rows).toBe(0);
  });
});

describe("the noise", () => {
  const shaken = y.map((value, i) => value + 12 * (uniforms(30, 8)[i]! - 0.5));

  it("is found to be none where values are exact, and learned where they are not", () => {
    const [exact, noisy] = [gaussianProcess().fit(rows, y), gaussianProcess().fit(rows, shaken)];
    expect(exact.noiseVariance).toBe(0);
    expect(exact.health.notes.some((note) => note.startsWith("noise is none"))).toBe(true);
    expect(noisy.noiseVariance / (12 ** 2 / 12)).toBeGreaterThan(0.3);
    expect(noisy.noiseVariance / (12 ** 2 / 12)).toBeLessThan(3);
    expect(noisy.health.notes.some((note) => note.startsWith("noise is learned"))).toBe(true);
  });

  it("is learned where repeated points differ, whatever the marginal likelihood", () => {
    const twice = gaussianProcess().fit([...rows, rows[0]!], [...y, y[0]! + 0.01]);
    expect(twice.health.notes).toContain("noise is learned: repeated points differ in value");
    expect(gaussianProcess().fit([...rows, rows[0]!], [...y, y[0]!]).noiseVariance).toBe(0);
  });

  it("is what the user says it is", () => {
    expect(gaussianProcess({ noise: 7 }).fit(rows, y).noiseVariance).toBe(7);
    expect(Object.keys(gaussianProcess({ noise: 7 }).fit(rows, y).hyperparameters)).not.toContain("noise variance");
  });
});

describe("kernels of the user's own", () => {
  it("are sums and products, with hyperparameters by name", () => {
    const regression = gaussianProcess({
      kernel: () => sum(product(ard("matern52", [0], "left "), isotropic("squaredExponential", [1], "right ")), plane(2)),
      noise: "none",
    }).fit(rows, y);
    expect(Object.keys(regression.hyperparameters)).toEqual([
      ...["left lengthscale 0", "left outputscale", "right lengthscale", "right outputscale", "slope variance"],
    ]);
    expectClose(regression.predict(rows).mean, Float64Array.from(y), 1e-5);
  });

  it("a plane continues as a plane far from the data", () => {
    const line = gaussianProcess({ kernel: () => plane(1), noise: 1e-6, box: [[0, 1]] }).fit([[0], [0.5], [1]], [1, 2, 3]);
    expect(Math.abs(line.predict([[10]]).mean[0]! - 21)).toBeLessThan(1e-2);
  });

  it("need different names", () => {
    const kernel = (count: number) => sum(ard("matern52", count), ard("matern32", count));
    expect(() => gaussianProcess({ kernel }).fit(rows, y)).toThrow(
      'hyperparameters of a Gaussian process: expected each name once, got "lengthscale 0" twice',
    );
  });

  it("begin where an earlier fit ended", () => {
    const one = gaussianProcess({ noise: "none", starts: 1 }).fit(rows, y, { warm: quiet.hyperparameters });
    expect(Math.abs(one.logMarginalLikelihood - quiet.logMarginalLikelihood)).toBeLessThan(0.01);
    const odd = { warm: { "lengthscale 0": NaN, "lengthscale 1": -3, outputscale: 1e300, constructor: 3 } };
    expect(Number.isFinite(gaussianProcess({ noise: "none" }).fit(rows, y, odd).logMarginalLikelihood)).toBe(true);
  });
});

describe("edges", () => {
  it("no points: the prior", () => {
    const prior = gaussianProcess({
      box: [
        [0, 1],
        [5, 9],
      ],
    }).fit([], []);
    const { mean, variance } = prior.predict([[0.5, 6]]);
    expect([mean[0], variance[0], prior.n, Math.abs(prior.logMarginalLikelihood)]).toEqual([0, 1, 0, 0]);
    expect(
      prior
        .sample(
          [
            [0.5, 6],
            [0.6, 7],
          ],
          2,
          root(1),
        )
        .every(Number.isFinite),
    ).toBe(true);
    const grown = prior.condition([[0.5, 6]], [3]);
    expect(Math.abs(grown.predict([[0.5, 6]]).mean[0]! - 3)).toBeLessThan(1e-9);
  });

  it("one point, and values that are all alike: hyperparameters stay as they start, and it says so", () => {
    for (const values of [[5], [7, 7, 7]]) {
      const regression = gaussianProcess().fit(rows.slice(0, values.length), values);
      expect(regression.predict(rows.slice(0, 1)).mean[0]).toBeCloseTo(values[0]!, 9);
      expect(regression.hyperparameters.outputscale).toBeCloseTo(1, 12);
      expect(regression.health.notes).toContain("all values are alike: hyperparameters stay as they start");
    }
  });

  it("a coordinate that never varies, repeated points, and points 1e-15 apart", () => {
    const inputs = [...rows.slice(0, 10).map(([a]) => [a!, 4]), [rows[0]![0]!, 4], [rows[0]![0]! + 1e-15, 4]];
    const values = [...y.slice(0, 10), y[0]!, y[0]!];
    const { predict, health } = gaussianProcess({ noise: "none" }).fit(inputs, values);
    const { mean, variance } = predict(inputs);
    expect(mean.every((value, i) => Math.abs(value - values[i]!) < 1e-2)).toBe(true);
    expect(variance.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(health.jitter).toBeGreaterThan(0);
    expect(health.reciprocalCondition).toBeLessThan(1e-10);
  });

  it("values of any size that has a square, and one that is far from all others", () => {
    for (const size of [1e-150, 1e-9, 1e9, 1e150]) {
      const { mean, variance } = gaussianProcess({ noise: "none" })
        .fit(
          rows,
          y.map((value) => (value / 200) * size),
        )
        .predict(queries);
      expect(mean.every((value) => Math.abs(value) <= 2 * size)).toBe(true);
      expect(variance.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
    }
    const outlier = gaussianProcess().fit(rows, replaced(4, 1e140)).predict(queries);
    expect([...outlier.mean, ...outlier.variance].every(Number.isFinite)).toBe(true);
  });

  it("misuse is refused with what, expected, got and remedy", () => {
    const fit = () => gaussianProcess({ starts: 1 });
    expect(() => fit().fit(rows, y.slice(1))).toThrow("values: expected 30, one for each point, got 29");
    expect(() => fit().fit([[1, 2], [3]], [0, 1])).toThrow("inputs: expected rows of 2 numbers, as the first, got 1 in row 1");
    expect(() => fit().fit([[1, NaN]], [0])).toThrow("inputs: expected finite numbers, got NaN at index 1");
    expect(() => fit().fit(rows, replaced(2, Infinity))).toThrow(NumericalError);
    expect(() => fit().fit(rows, replaced(2, 1e200))).toThrow("values between -1e+150 and 1e+150");
    expect(() => fit().fit(rows, y, { variance: y.map(() => -1) })).toThrow("variances: expected numbers of 0 or more, got -1");
    expect(() => fit().fit({ data: new Float64Array(3), n: 2, d: 2 }, [1, 2])).toThrow(ConfigError);
    expect(() => quiet.predict([[1, 2, 3]])).toThrow("inputs: expected points of 2 coordinates, got points of 3");
    expect(() => quiet.condition([[1, 2]], [])).toThrow(ConfigError);
    expect(() => gaussianProcess({ noise: -1 })).toThrow("option noise of gaussianProcess");
    expect(() => gaussianProcess({ starts: 0 })).toThrow("option starts of gaussianProcess");
    expect(() => gaussianProcess({ box: [[0, 0]] }).fit([[0]], [1])).toThrow("box of a Gaussian process");
    const hollow = [[1, 2], ...Array<number[]>(1), [3, 4]];
    delete hollow[1];
    expect(() => fit().fit(hollow, [0, 1, 2])).toThrow("inputs: expected rows of 2 numbers, as the first, got none in row 1");
    expect(() => gaussianProcess({ box: [[0, 1]] }).fit(rows, y)).toThrow("points of 1 coordinates, got points of 2");
  });

  it("the same bits for the same data and key", () => {
    expect(everything(gaussianProcess({ key: root(5) }).fit(rows, y))).toEqual(everything(gaussianProcess({ key: root(5) }).fit(rows, y)));
  });
});
