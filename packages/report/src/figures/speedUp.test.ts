import { describe, expect, it } from "vitest";
import { speedUpSvg } from "./speedUp.ts";

const picture = { id: "s", title: "t", description: "d", workers: [1, 10, 100] };
const paths = (svg: string): readonly (readonly (readonly number[])[])[] =>
  [...svg.matchAll(/<path class="curve" d="M([^"]+)"/g)].map(([, points]) =>
    points!.split("L").map((point) => point.split(" ").map(Number)),
  );

describe("the picture of speed-ups", () => {
  it("draws what is as many times as fast as there are workers onto the guide", () => {
    const svg = speedUpSvg({ ...picture, lines: [{ name: "perfect", speedUps: [1, 10, 100] }] });
    const guide = /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" class="guide"/.exec(svg)!.slice(1).map(Number);
    const [[first, , last]] = paths(svg) as [readonly (readonly number[])[]];
    expect([...first!, ...last!]).toEqual(guide);
  });

  it("has equal steps for equal factors", () => {
    const [[a, b, c]] = paths(speedUpSvg({ ...picture, lines: [{ name: "half", speedUps: [0.5, 5, 50] }] })) as [number[][]];
    expect(b![0]! - a![0]!).toBeCloseTo(c![0]! - b![0]!, 1);
    expect(a![1]! - b![1]!).toBeCloseTo(b![1]! - c![1]!, 1);
  });

  it("tells its lines apart by more than colour, and names them", () => {
    const svg = speedUpSvg({
      ...picture,
      lines: [
        { name: "one", speedUps: [1, 2, 3] },
        { name: "other", speedUps: [1, 3, 9] },
      ],
    });
    const dashes = [...svg.matchAll(/stroke-dasharray="([^"]+)"/g)].map(([, dash]) => dash);
    expect(new Set(dashes).size).toBe(2);
    for (const name of ["one", "other"]) expect(svg).toContain(`>${name}</text>`);
  });
});
