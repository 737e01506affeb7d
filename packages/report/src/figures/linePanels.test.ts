import { describe, expect, it } from "vitest";
import { type LinePanel, linePanelsSvg } from "./linePanels.ts";

const picture = { id: "p", title: "t", description: "d", columns: 2 };
const panel: LinePanel = {
  title: "first",
  x: [1, 10, 100],
  xAxis: { name: "x", logarithmic: true },
  yAxis: { name: "y", domain: [0, 10] },
  lines: [{ name: "a", y: [0, 10, 5] }],
};
/** The points of every path of a class. */
const paths = (svg: string, kind: string): readonly (readonly (readonly number[])[])[] =>
  [...svg.matchAll(new RegExp(`class="${kind}" d="([^"]+)"`, "g"))].map(([, d]) =>
    [...d!.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]),
  );

describe("the picture of lines", () => {
  it("puts powers of ten at equal distances on a logarithmic axis and values in proportion on a linear one", () => {
    const [curve] = paths(linePanelsSvg({ ...picture, panels: [panel] }), "curve");
    const [low, high, middle] = curve!;
    expect(high![0]! - low![0]!).toBeCloseTo(middle![0]! - high![0]!, 1);
    expect(low![1]! - middle![1]!).toBeCloseTo(middle![1]! - high![1]!, 1);
    expect(high![1]!).toBeLessThan(middle![1]!);
  });

  it("leaves a gap if there is no value", () => {
    const broken = { ...panel, x: [1, 2, 3, 4, 5], lines: [{ name: "a", y: [1, 2, null, 3, 4] }] };
    const [first, second] = paths(linePanelsSvg({ ...picture, panels: [broken] }), "curve");
    expect([first!.length, second!.length]).toEqual([2, 2]);
  });

  it("keeps values beyond a given domain at its edge", () => {
    const beyond = { ...panel, lines: [{ name: "a", y: [-5, 10, 25] }] };
    const [curve] = paths(linePanelsSvg({ ...picture, panels: [beyond] }), "curve");
    expect(curve!.map(([, y]) => y)).toEqual([222, 46, 46]);
  });

  it("closes a band around its line", () => {
    const banded = { ...panel, lines: [{ name: "a", y: [1, 2, 3], band: [[0, 2] as const, [1, 3] as const, [2, 4] as const] }] };
    const [band] = paths(linePanelsSvg({ ...picture, panels: [banded] }), "thin-band");
    expect(band).toHaveLength(6);
    expect(band![0]![0]).toBe(band![5]![0]);
    expect(band![0]![1]!).toBeLessThan(band![5]![1]!);
  });

  it("shows a name once in the legend and in one colour everywhere", () => {
    const svg = linePanelsSvg({ ...picture, panels: [panel, { ...panel, lines: [{ name: "b", y: [1, 1, 1] }, ...panel.lines] }] });
    expect(svg.match(/>a<\/text>/g)).toHaveLength(1);
    expect(svg.match(/class="series-0"/g)).toHaveLength(3);
    expect(svg.match(/class="series-1"/g)).toHaveLength(2);
  });

  it("begins a new row after so many columns", () => {
    const height = (panels: number): number =>
      Number(/height="(\d+)"/.exec(linePanelsSvg({ ...picture, panels: Array.from({ length: panels }, () => panel) }))![1]);
    expect(height(2)).toBe(height(1));
    expect(height(3) - height(2)).toBe(268);
  });
});
