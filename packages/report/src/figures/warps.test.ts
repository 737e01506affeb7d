import { describe, expect, it } from "vitest";
import { warpsSvg } from "./warps.ts";

const picture = { id: "w", title: "t", description: "d" };
const panel = { title: "identity", subtitle: "as measured", values: [-1, -0.9, -0.4, 0, 0.1, 2.2], chosen: false };
const heights = (svg: string): readonly number[] => [...svg.matchAll(/height="([\d.]+)" fill/g)].map((match) => Number(match[1]));

describe("the picture of warps", () => {
  it("has a bar for each bin that holds a value, in proportion to how many: 2, 1, 2 and 1", () => {
    const bars = heights(warpsSvg({ ...picture, panels: [panel] }));
    expect(bars.map((height) => height / bars[1]!)).toEqual([2, 1, 2, 1]);
  });

  it("gives all panels the same axes", () => {
    const alone = heights(warpsSvg({ ...picture, panels: [panel] }));
    const beside = heights(warpsSvg({ ...picture, panels: [panel, { ...panel, values: [0, 0, 0, 0] }] }));
    expect(beside).toEqual([...alone.map((height) => height / 2), alone[0]]);
  });

  it("marks what was chosen", () => {
    expect(warpsSvg({ ...picture, panels: [panel] })).not.toContain('class="series-1"');
    expect(warpsSvg({ ...picture, panels: [{ ...panel, chosen: true }] })).toContain('class="series-1"');
  });
});
