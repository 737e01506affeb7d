import { describe, expect, it } from "vitest";
import { searchPathSvg } from "./searchPath.ts";

const path = {
  id: "p",
  title: "t",
  description: "d",
  kinds: ["design", "model"],
  decades: [-2, -1, 0],
  trials: [
    { kind: 0, excess: 1 },
    { kind: 1, excess: 1e-9 },
    { kind: 1, excess: 0.1 },
  ],
};
const circles = (svg: string): readonly number[] => [...svg.matchAll(/<circle[^>]* cy="([\d.]+)"/g)].map((match) => Number(match[1]));

describe("the picture of a search", () => {
  it("has a marker for each trial and each kind, at the heights of their decades", () => {
    const svg = searchPathSvg({ ...path, kinds: ["design"], trials: path.trials.map((trial) => ({ ...trial, kind: 0 })) });
    const [, first, least, middle] = circles(svg);
    expect(circles(svg)).toHaveLength(4);
    expect(middle! - first!).toBeCloseTo(least! - middle!, 1);
  });

  it("tells kinds apart by class and by shape", () => {
    const svg = searchPathSvg(path);
    expect(svg.match(/class="series-0"/g)).toHaveLength(2);
    expect(svg.match(/class="series-1"/g)).toHaveLength(3);
    expect(circles(svg)).toHaveLength(2);
  });
});
