import { describe, expect, it } from "vitest";
import { bound, kernelLaws } from "../../testing/kernelLaws.ts";
import { logNormal } from "../process/prior.ts";
import { decay } from "./decay.ts";
import golden from "./fidelity.golden.json" with { type: "json" };
import type { Hyperparameter, Kernel } from "./kernel.ts";

const positive = (name: string): Hyperparameter => ({ name, low: 0.01, high: 10, start: 0.7, prior: logNormal(0, 1) });
const on = (coordinate: number): Kernel =>
  decay({ coordinate, power: positive("power"), offset: positive("offset"), scale: positive("scale") });

describe("the decay kernel", () => {
  kernelLaws(on(1), 3);

  it.each(golden.decay)("at $t and $z is the mixture of exponential decays, integrated by another program", ({ t, z, theta, value }) => {
    const out = new Float64Array(1);
    bound(on(0), { x: Float64Array.of(t), d: 1, m: 1 }, Float64Array.from(theta, Math.log)).cross(Float64Array.of(z), 1, out);
    expect(Math.abs(out[0]! - value)).toBeLessThan(1e-14 * Math.max(1, value));
  });
});
