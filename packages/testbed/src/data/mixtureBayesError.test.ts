import { normalCdf } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { mixtureBayesError } from "./mixtureBayesError.ts";

const even = (classes: number): readonly number[] => new Array<number>(classes).fill(1 / classes);
const at = (...means: readonly (readonly number[])[]): readonly Float64Array[] => means.map((mean) => Float64Array.from(mean));

describe("the Bayes error of Gaussian clouds", () => {
  it("of two is Phi(-distance / 2)", () => {
    expect(mixtureBayesError(at([0, 0, 0], [1, 2, 2]), even(2))).toBeCloseTo(normalCdf(-1.5), 14);
  });

  it("of two with shares p and q is that of the likelihood-ratio test", () => {
    const [p, distance] = [0.8, 1.2];
    const threshold = Math.log(p / (1 - p)) / distance;
    const exact = p * normalCdf(-distance / 2 - threshold) + (1 - p) * normalCdf(-distance / 2 + threshold);
    expect(mixtureBayesError(at([1], [1 + distance]), [p, 1 - p])).toBeCloseTo(exact, 14);
  });

  it("of equally spaced ones on a line counts a wall twice for all but the ends", () => {
    expect(mixtureBayesError(at([0, 0], [2, 0], [4, 0], [6, 0]), even(4))).toBeCloseTo((6 / 4) * normalCdf(-1), 14);
  });

  it("of four in a square is that of two coordinates told apart independently", () => {
    const exact = 1 - normalCdf(1.3) ** 2;
    expect(mixtureBayesError(at([1.3, 1.3], [-1.3, 1.3], [1.3, -1.3], [-1.3, -1.3]), even(4))).toBeCloseTo(exact, 10);
  });

  it("of three in a plane stays within 1e-10 when the plane is turned", () => {
    const angles = [0, 0.3, 1, 2];
    const errors = angles.map((angle) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turn = (x: number, y: number): readonly number[] => [c * x - s * y, s * x + c * y, 7];
      return mixtureBayesError(at(turn(0, 0), turn(2, 0.5), turn(-0.4, 1)), [0.5, 0.3, 0.2]);
    });
    for (const error of errors) expect(error).toBeCloseTo(errors[0]!, 10);
  });

  // 1 - integral of phi(z) Phi(z + 2)^(k - 1), by SciPy 1.17.1's `quad` at epsabs 1e-13: the largest of k independent normals, one of which
  // is 2 ahead.
  it.each([
    [3, 0.13423282436516737, 1e-10],
    [4, 0.17720704400677034, 1e-4],
    [5, 0.2121610172904117, 1e-4],
    [10, 0.3263545209930647, 1e-4],
  ])("of %d at the corners of a simplex is known", (k, exact, tolerance) => {
    const means = Array.from({ length: k }, (_, c) => Float64Array.from({ length: k }, (_value, axis) => (axis === c ? 2 : 0)));
    expect(Math.abs(mixtureBayesError(means, even(k)) - exact)).toBeLessThan(tolerance);
  });

  it("of eight in a cube, where walls are parallel, is that of three coordinates told apart independently", () => {
    const means = Array.from({ length: 8 }, (_, corner) => Float64Array.of(corner & 1, (corner >> 1) & 1, corner >> 2));
    expect(Math.abs(mixtureBayesError(means, even(8)) - (1 - normalCdf(0.5) ** 3))).toBeLessThan(1e-4);
  });

  it("where clouds coincide is that of choosing the likelier", () => {
    expect(mixtureBayesError(at([1, 1], [1, 1], [1, 1]), [0.2, 0.5, 0.3])).toBeCloseTo(0.5, 15);
    expect(mixtureBayesError(at([0], [0]), even(2))).toBe(0.5);
  });

  it("of a class too unlikely ever to be chosen is its share", () => {
    expect(mixtureBayesError(at([0], [0.001]), [1 - 1e-9, 1e-9])).toBeCloseTo(1e-9, 15);
  });
});
