import { describe, expect, it } from "vitest";
import { bracketsSvg } from "./brackets.ts";

const picture = { id: "b", title: "t", description: "d", unit: "epochs" };
const bold = {
  title: "bold",
  subtitle: "4 trials",
  rungs: [
    { configurations: 4, fidelity: 1 },
    { configurations: 2, fidelity: 2 },
    { configurations: 1, fidelity: 4 },
  ],
};
const plain = { title: "plain", subtitle: "3 trials", rungs: [{ configurations: 3, fidelity: 4 }] };

const bars = (svg: string): readonly { readonly x: number; readonly height: number }[] =>
  [...svg.matchAll(/x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="([\d.]+)" fill/g)].map(([, x, height]) => ({
    x: Number(x),
    height: Number(height),
  }));

describe("the picture of brackets", () => {
  it("has a bar for each rung, and half the trials make it lower by the same amount everywhere", () => {
    const [four, two, one] = bars(bracketsSvg({ ...picture, panels: [bold] }));
    expect(four!.height - two!.height).toBeCloseTo(two!.height - one!.height, 1);
    expect(four!.height).toBeGreaterThan(two!.height);
    expect(one!.height).toBeGreaterThan(10);
  });

  it("has the same fidelities at the same places in every panel", () => {
    const [first, , last, alone] = bars(bracketsSvg({ ...picture, panels: [bold, plain] }));
    const side = (1000 - 2 * 8 - 18) / 2;
    expect(alone!.x - last!.x).toBeCloseTo(side + 18, 1);
    expect(last!.x - first!.x).toBeCloseTo((2 * side) / 3, 1);
  });

  it("says how many trials there are", () => {
    const svg = bracketsSvg({ ...picture, panels: [bold, plain] });
    for (const count of ["4", "2", "1", "3"]) expect(svg).toContain(`>${count}</text>`);
  });
});
