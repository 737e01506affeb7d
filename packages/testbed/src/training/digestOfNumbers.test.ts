import { expect, it } from "vitest";
import { digestOfNumbers } from "./digestOfNumbers.ts";

it("A digest is that of the numbers, whatever array holds them", () => {
  const numbers = [1, -2.5, 0.125, 3 * 2 ** 30];
  const digest = digestOfNumbers(numbers);
  expect(digestOfNumbers(Float32Array.from(numbers))).toBe(digest);
  expect(digestOfNumbers(Float64Array.from(numbers))).toBe(digest);
});

it("Any one changed number, a change of order and another length give another digest", () => {
  const numbers = Float64Array.from({ length: 200 }, (_, index) => Math.sin(index));
  const digests = new Set([digestOfNumbers(numbers)]);
  numbers.forEach((value, index) => {
    const changed = numbers.slice();
    changed[index] = value + 1e-12;
    digests.add(digestOfNumbers(changed));
  });
  digests.add(digestOfNumbers(numbers.slice().reverse()));
  digests.add(digestOfNumbers(numbers.slice(1)));
  digests.add(digestOfNumbers(Float64Array.of(...numbers, 0)));
  expect(digests.size).toBe(204);
});
