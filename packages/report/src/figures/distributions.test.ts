import { describe, expect, it } from "vitest";
import { distributionsSvg } from "./distributions.ts";

const picture = { id: "d", title: "t", description: "d", levels: [] };
const panel = { title: "start", mean: [0.5, 0.5], covariance: [0.01, 0, 0, 0.04], points: [[0.25, 0.75]] } as const;

/** The corners of the ellipse, as fractions of the panel, which is 1000 wide and starts at (0, 28). */
function corners(svg: string): readonly (readonly [number, number])[] {
  const path = /fill-opacity="0.15"[^>]* d="([^"]+)"/.exec(svg)![1]!;
  return [...path.matchAll(/(-?[\d.]+)[ ,](-?[\d.]+)/g)].map(([, x, y]) => [Number(x) / 1000, 1 - (Number(y) - 28) / 1000]);
}

describe("the picture of distributions", () => {
  it("has an ellipse of two standard deviations around the mean", () => {
    const ellipse = corners(distributionsSvg({ ...picture, panels: [panel] }));
    const [x, y] = [ellipse.map(([one]) => one), ellipse.map(([, other]) => other)];
    expect([Math.min(...x), Math.max(...x)]).toEqual([expect.closeTo(0.3, 3), expect.closeTo(0.7, 3)]);
    expect([Math.min(...y), Math.max(...y)]).toEqual([expect.closeTo(0.1, 3), expect.closeTo(0.9, 3)]);
  });

  it("leans with the correlation", () => {
    const ellipse = corners(distributionsSvg({ ...picture, panels: [{ ...panel, covariance: [0.01, 0.009, 0.009, 0.01] }] }));
    const highest = ellipse.reduce((best, corner) => (corner[1] > best[1] ? corner : best));
    expect(highest[0]).toBeCloseTo(0.5 + 0.2 * 0.9, 2);
  });

  it("has a dot for each point, and a panel for each moment", () => {
    const svg = distributionsSvg({ ...picture, panels: [panel, { ...panel, points: [...panel.points, [0.1, 0.1]] }] });
    expect(svg.match(/<circle[^>]*r="2.5"/g)).toHaveLength(3);
    expect(svg.match(/class="strong"/g)).toHaveLength(2);
  });
});
