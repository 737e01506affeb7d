import { describe, expect, it } from "vitest";
import { normals } from "./random.ts";
import { apply, compose, rotation, scaleRows, transpose } from "./rotation.ts";

describe("a rotation of BBOB", () => {
  it("is orthogonal to 1e-12 up to ten dimensions, for the seeds of Q and R of every function, instances 1 to 15, 75 and 101 to 103", () => {
    expect(worstDefect([2, 3, 5, 10])).toBeLessThan(1e-12);
  });

  it("is orthogonal to 2e-11 in 20 and 40 dimensions, where one pass of Gram-Schmidt, as COCO makes, loses a few digits", () => {
    expect(worstDefect([20, 40])).toBeLessThan(2e-11);
  });

  it("has its columns in the order of the normals", () => {
    const g = normals(9, 10001);
    const first = g.subarray(0, 3);
    const length = Math.sqrt(first[0]! * first[0]! + first[1]! * first[1]! + first[2]! * first[2]!);
    const matrix = rotation(3, 10001);
    expect([matrix[0]! * length, matrix[3]! * length, matrix[6]! * length]).toEqual([
      expect.closeTo(first[0]!, 14),
      expect.closeTo(first[1]!, 14),
      expect.closeTo(first[2]!, 14),
    ]);
  });
});

describe("the linear maps", () => {
  const left = Float64Array.of(1, 2, 3, 4);
  const right = Float64Array.of(5, 6, 7, 8);
  const scales = Float64Array.of(10, 100);

  it("compose as left diag(scales) right", () => {
    expect(compose(left, scales, right)).toEqual(Float64Array.of(1450, 1660, 2950, 3380));
  });

  it("scale the rows", () => {
    expect(scaleRows(scales, left)).toEqual(Float64Array.of(10, 20, 300, 400));
  });

  it("transpose", () => {
    expect(transpose(left, 2)).toEqual(Float64Array.of(1, 3, 2, 4));
  });

  it("apply to a vector", () => {
    const out = new Float64Array(2);
    apply(left, Float64Array.of(1, -1), out);
    expect(out).toEqual(Float64Array.of(-1, -1));
  });
});

function worstDefect(dimensions: readonly number[]): number {
  const instances = [...Array.from({ length: 15 }, (_, i) => i + 1), 75, 101, 102, 103];
  let worst = 0;
  for (const dimension of dimensions) {
    for (let base = 1; base <= 24; base++) {
      for (const instance of instances) {
        const seed = base + 10000 * instance;
        worst = Math.max(worst, defect(rotation(dimension, seed), dimension), defect(rotation(dimension, seed + 1000000), dimension));
      }
    }
  }
  return worst;
}

/** The largest entry of |BᵀB - I|. */
function defect(matrix: Float64Array, dimension: number): number {
  let worst = 0;
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < dimension; k++) sum += matrix[k * dimension + i]! * matrix[k * dimension + j]!;
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  return worst;
}
