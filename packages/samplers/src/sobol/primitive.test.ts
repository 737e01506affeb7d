import { describe, expect, test } from "vitest";
import { isPrimitive } from "./primitive.ts";

/** Walks through the powers of x until they come back to 1. */
function order(polynomial: number): number {
  const degree = polynomial.toString(2).length - 1;
  let power = 1;
  for (let steps = 1; steps < 2 ** degree; steps++) {
    power *= 2;
    if (power >= 2 ** degree) power ^= polynomial;
    if (power === 1) return steps;
  }
  return Infinity;
}

const oddOfDegree = (degree: number): number[] => Array.from({ length: 2 ** (degree - 1) }, (_, index) => 2 ** degree + 2 * index + 1);

describe("isPrimitive", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "agrees with the order of x for every polynomial of degree %i with a constant term",
    (degree) => {
      const wrong = oddOfDegree(degree).filter((polynomial) => isPrimitive(polynomial) !== (order(polynomial) === 2 ** degree - 1));
      expect(wrong).toEqual([]);
    },
  );

  /** Euler's function of 2^degree - 1, divided by the degree (OEIS A011260). */
  test.each([
    [11, 176],
    [12, 144],
    [13, 630],
  ])("finds all of degree %i: %i", (degree, count) => {
    expect(oddOfDegree(degree).filter(isPrimitive)).toHaveLength(count);
  });
});
