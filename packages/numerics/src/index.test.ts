import { describe, expect, it } from "vitest";
import { fingerprint } from "../testing/accuracy.ts";
import { type OneArgument, points, powPoints, probabilities } from "../testing/points.ts";
import { cos, exp, expm1, log, log1p, normalQuantile, pow, sin, tanh } from "./index.ts";

const POINTS = 4096;
const FUNCTIONS = { exp, expm1, log, log1p, sin, cos, tanh };
const PINNED: { readonly [name in OneArgument]: string } = {
  exp: "1baf10d8b87e7bfb",
  expm1: "36ed76f8d03b7d41",
  log: "00edfd26310db4ed",
  log1p: "85d554bc35cfcd67",
  sin: "947033f98e393d13",
  cos: "2d89647af9c09e99",
  tanh: "7c1980be1aa2505b",
};

describe("the bits of the elementary functions, which are the same on every engine and never change", () => {
  it.each(Object.keys(PINNED) as OneArgument[])("%s on 4,096 points", (name) => {
    expect(fingerprint(points(name, POINTS).map(FUNCTIONS[name]))).toBe(PINNED[name]);
  });

  it("pow on 4,096 pairs", () => {
    const pairs = powPoints(POINTS);
    expect(fingerprint(Array.from({ length: POINTS }, (_, index) => pow(pairs[2 * index]!, pairs[2 * index + 1]!)))).toBe(
      "e9a87458c0350940",
    );
  });

  it("the normal quantile on 4,096 probabilities", () => {
    expect(fingerprint(probabilities(POINTS).map(normalQuantile))).toBe("d9ea3c6e15e2cfbb");
  });

  it("gives the values of the README's example", () => {
    expect([pow(10, -3.5), exp(-745.2), normalQuantile(0.975)]).toEqual([0.00031622776601683794, 0, 1.9599639845400536]);
  });

  it("uses arguments that are themselves the same everywhere", () => {
    const all = (Object.keys(PINNED) as OneArgument[]).flatMap((name) => Array.from(points(name, POINTS)));
    expect(fingerprint([...all, ...powPoints(POINTS), ...probabilities(POINTS)])).toBe("2fd92b5519aeb2f8");
  });
});
