import { expect, test } from "vitest";
import { firstPrimes, primeCount } from "./primes.ts";

test("the first primes are 2, 3, 5, 7, 11, 13", () => {
  expect([...firstPrimes(6)]).toEqual([2, 3, 5, 7, 11, 13]);
});

test("the 1000th prime is 7919 and the last below 2^16 is 65521", () => {
  expect(firstPrimes(1000)[999]).toBe(7919);
  expect(firstPrimes(primeCount)[primeCount - 1]).toBe(65521);
});

test("trial division finds the same primes", () => {
  const isPrime = (n: number): boolean => n > 1 && !Array.from({ length: n - 2 }, (_, i) => i + 2).some((divisor) => n % divisor === 0);
  const found = Array.from({ length: 600 }, (_, n) => n).filter(isPrime);
  expect([...firstPrimes(found.length)]).toEqual(found);
});
