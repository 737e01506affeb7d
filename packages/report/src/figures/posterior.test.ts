import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PosteriorPanel, posteriorSvg } from "./posterior.ts";

const panel: PosteriorPanel = {
  title: "one & <only>",
  x: [0, 0.5, 1],
  truth: [1, -1, 1],
  mean: [1, 0, 1],
  sd: [0, 1, 0],
  acquisition: [-Infinity, -2, -400],
  observed: [
    [0, 1],
    [1, 1],
  ],
  pending: [],
  next: [0.5, -2],
};
const picture = { id: "p", title: "t", description: "d", value: "value", acquisition: "log", parameter: "x" };
const drawn = (...panels: readonly PosteriorPanel[]): string => posteriorSvg({ ...picture, panels });

describe("the picture of a posterior", () => {
  it("has every number finite, also where the acquisition is not", () => {
    expect(drawn(panel)).not.toMatch(/NaN|Infinity/);
  });

  it("has every number finite for values of any size, and ticks between them", () => {
    const huge = Number.MAX_VALUE;
    const value = fc.oneof(fc.constantFrom(0, 1, huge, -huge, 1e300, -1e-200, 5e-324), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const three = fc.array(value, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(three, three, three, (truth, mean, sd) => {
        const hostile = { ...panel, truth, mean, sd: sd.map(Math.abs), observed: [[0.5, truth[0]!]] as const };
        expect(drawn(hostile)).not.toMatch(/NaN|Infinity|undefined/);
      }),
      {
        seed: 1,
        numRuns: 200,
        examples: [
          [
            [1e-200, 3e-200, 2e-200],
            [1e-200, 1e-200, 1e-200],
            [0, 0, 0],
          ],
        ],
      },
    );
  });

  it("keeps very low values at the lower edge: values of 9 nats or more below the summit have one height", () => {
    const height = (acquisition: number): string => drawn({ ...panel, acquisition: [acquisition, -2, -400] });
    expect(height(-50)).toBe(height(-400));
    expect(height(-3)).not.toBe(height(-400));
  });

  it("escapes titles", () => {
    expect(drawn(panel)).toContain("one &#38; &#60;only&#62;");
  });

  it("explains the mark of running trials if there are any", () => {
    expect(drawn(panel)).not.toContain("still running");
    expect(drawn(panel, { ...panel, pending: [0.25] })).toContain("still running");
  });

  it("gives all panels the same axes: a wider band in one moves the other's curve", () => {
    const meanOf = (svg: string): string => /class="curve" d="([^"]*)"/.exec(svg)![1]!;
    expect(meanOf(drawn(panel, { ...panel, sd: [0, 9, 0] }))).not.toBe(meanOf(drawn(panel, panel)));
  });
});
