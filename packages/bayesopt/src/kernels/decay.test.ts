import { describe, expect, it } from "vitest";
import { bound, kernelLaws } from "../../testing/kernelLaws.ts";
import { logNormal } from "../process/prior.ts";
import { decay } from "./decay.ts";
import { lengthscale, outputscale, overTraining } from "./families.ts";
import { stationary } from "./stationary.ts";

const positive = (name: string) => ({ name, low: 0.01, high: 10, start: 0.7, prior: logNormal(0, 1) });
const kernel = decay({ coordinate: 1, power: positive("power"), offset: positive("offset"), scale: positive("scale") });
describe("decay", () => { kernelLaws(kernel, 3); });
describe("over training", () => {
  const configurations = stationary("matern52", { coordinates: [0, 1], groups: [0, 1], lengthscales: [lengthscale("a", 2), lengthscale("b", 2)], scale: outputscale });
  kernelLaws(overTraining(configurations, { log: 2, share: 3 }), 4);
});
it("x", () => { expect(bound).toBeDefined(); });
