import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { symmetricEigen } from "./symmetricEigen.ts";

const at = (a: Float64Array, n: number): ((i: number, j: number) => number) => {
  return (i, j) => a[i * n + j]!;
};

/** The largest entry of |V diag(values) V^T - A|, and of |V^T V - I|. */
function errors(a: Float64Array, n: number): readonly [number, number] {
  const { values, vectors } = symmetricEigen(a, n);
  const [entry, v] = [at(a, n), at(vectors, n)];
  let [reconstruction, orthogonality] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let [sum, product] = [0, 0];
      for (let k = 0; k < n; k++) {
        sum += v(i, k) * values[k]! * v(j, k);
        product += v(k, i) * v(k, j);
      }
      reconstruction = Math.max(reconstruction, Math.abs(sum - entry(i, j)));
      orthogonality = Math.max(orthogonality, Math.abs(product - (i === j ? 1 : 0)));
    }
  }
  return [reconstruction, orthogonality];
}

const symmetric = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((entries) => {
    const a = Float64Array.from(entries);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]!;
    return { a, n };
  }),
);

describe("the eigenvalues of a symmetric matrix", () => {
  it("of [[2, 1], [1, 2]] are 1 and 3", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(Array.from(values)).toEqual([1, 3]);
    expect(Math.abs(vectors[0]!)).toBeCloseTo(Math.SQRT1_2, 15);
    expect(vectors[0]! * vectors[2]!).toBeCloseTo(-0.5, 15);
  });

  it("give back the matrix, with orthogonal vectors of length 1", () => {
    fc.assert(
      fc.property(symmetric, ({ a, n }) => {
        const [reconstruction, orthogonality] = errors(a, n);
        expect(reconstruction).toBeLessThan(1e-13);
        expect(orthogonality).toBeLessThan(1e-13);
      }),
    );
  });

  it("of the second difference with n points are 2 - 2 cos(k pi / (n + 1))", () => {
    for (let n = 1; n <= 12; n++) {
      const a = Float64Array.from({ length: n * n }, (_, at) => [2, -1][Math.abs(Math.floor(at / n) - (at % n))] ?? 0);
      const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
      symmetricEigen(a, n).values.forEach((value, k) => expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-14));
    }
  });

  it("keep their relative precision where scaling makes the matrix good: diag(1, 1e-8) K diag(1, 1e-8)", () => {
    const a = Float64Array.of(1, 0.5e-8, 0.5e-8, 1e-16);
    // The product of the values is the determinant, 0.75e-16, and their sum is the trace.
    expect(symmetricEigen(a, 2).values[0]! / 0.75e-16).toBeCloseTo(1, 14);
  });

  it("of huge and of tiny matrices neither overflow nor vanish", () => {
    for (const size of [1e-150, 1e150]) {
      const { values } = symmetricEigen(
        Float64Array.of(2, 1, 1, 2).map((one) => one * size),
        2,
      );
      expect(Array.from(values, (value) => value / size)).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
    }
  });

  it("of no matrix are none, and the input stays as it was", () => {
    expect(symmetricEigen(new Float64Array(0), 0)).toEqual({ values: new Float64Array(0), vectors: new Float64Array(0) });
    const a = Float64Array.of(2, 1, 1, 2);
    symmetricEigen(a, 2);
    expect(Array.from(a)).toEqual([2, 1, 1, 2]);
  });

  it("end for matrices that are not finite", () => {
    for (const entry of [NaN, Infinity]) expect(symmetricEigen(Float64Array.of(1, entry, entry, 1), 2).values).toHaveLength(2);
  });
});

test("misfitting shapes throw", () => {
  expect(() => symmetricEigen(new Float64Array(3), 2)).toThrow(RangeError);
});
