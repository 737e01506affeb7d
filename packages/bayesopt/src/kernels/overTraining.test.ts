import { createSpace, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { bound, kernelLaws } from "../../testing/kernelLaws.ts";
import { featuresOf } from "../features.ts";
import { parameterKernel } from "./families.ts";
import golden from "./fidelity.golden.json" with { type: "json" };
import { overTraining } from "./overTraining.ts";

describe("the kernel over training", () => {
  const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1) }));
  const training = overTraining(parameterKernel("matern52", features), { log: 2, share: 3 });
  kernelLaws(training, 4);

  it("has the lengthscales of the parameters first, where the search looks for them", () => {
    expect(training.hyperparameters.slice(0, 3).map(({ name }) => name)).toEqual(["lengthscale of a", "lengthscale of b", "outputscale"]);
  });

  it.each(golden.overTraining)("has the value and the slopes that another program computes: $value", ({ points, u, value, slopes }) => {
    const [x, z] = points.map((point) => Float64Array.from(point)) as [Float64Array, Float64Array];
    const out = new Float64Array(1);
    bound(training, { x, d: 4, m: 1 }, Float64Array.from(u)).cross(z, 1, out);
    expect(Math.abs(out[0]! - value)).toBeLessThan(1e-13 * Math.max(1, value));
    // The pair off the diagonal of a Gram matrix has half the weight on each side.
    const gradient = new Float64Array(u.length);
    bound(training, { x: Float64Array.of(...x, ...z), d: 4, m: 0 }, Float64Array.from(u)).gramGradient(
      Float64Array.of(0, 0.5, 0.5, 0),
      2,
      gradient,
    );
    gradient.forEach((slope, p) => {
      expect(Math.abs(slope - slopes[p]!)).toBeLessThan(1e-12 * Math.max(1, value));
    });
  });
});
