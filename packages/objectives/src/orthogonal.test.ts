import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type Orthogonal, randomOrthogonal } from "./orthogonal.ts";

describe("a random orthogonal map", () => {
  it.each([1, 2, 3, 10, 40])("in %i dimensions has orthonormal columns", (dimension) => {
    const columns = matrix(randomOrthogonal(dimension, root("columns")), dimension);
    columns.forEach((a, i) => {
      columns.forEach((b, j) => {
        expect(Math.abs(a.reduce((sum, value, k) => sum + value * b[k]!, 0) - (i === j ? 1 : 0))).toBeLessThan(1e-14 * (dimension + 4));
      });
    });
  });

  it("is undone by its transpose", () => {
    const turn = randomOrthogonal(7, root("there and back"));
    const x = Float64Array.of(1, -2, 3, 0.5, 0, 7, -4);
    turn.apply(x);
    expect(x[1]).not.toBeCloseTo(-2, 3);
    turn.transpose(x);
    [1, -2, 3, 0.5, 0, 7, -4].forEach((value, k) => {
      expect(x[k]).toBeCloseTo(value, 13);
    });
  });

  it("is uniform over the group: every entry has mean 0, variance 1/D and fourth moment 3 / D (D + 2); the determinant has both signs", () => {
    const count = 4000;
    const maps = Array.from({ length: count }, (_, n) => matrix(randomOrthogonal(3, root(n)), 3));
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const moment = (power: number): number => maps.reduce((sum, columns) => sum + columns[i]![j]! ** power, 0) / count;
        expect(Math.abs(moment(1))).toBeLessThan(0.04);
        expect(Math.abs(moment(2) - 1 / 3)).toBeLessThan(0.02);
        expect(Math.abs(moment(4) - 1 / 5)).toBeLessThan(0.02);
      }
    }
    const turning = maps.filter(([a, b, c]) => determinant(a!, b!, c!) > 0).length;
    expect(Math.abs(turning / count - 0.5)).toBeLessThan(0.04);
  });
});

function matrix(turn: Orthogonal, dimension: number): readonly (readonly number[])[] {
  return Array.from({ length: dimension }, (_, j) => {
    const column = Float64Array.from({ length: dimension }, (_, k) => (k === j ? 1 : 0));
    turn.apply(column);
    return Array.from(column);
  });
}

function determinant(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  return a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) - a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) + a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
}
