/** The uniformity of streams on fifty times as many keys as a commit affords. */
import { expect, test } from "vitest";
import { pairDeviation, streamDeviations, uniformDeviation } from "../../testing/uniformity.ts";
import { derive, type Key, root } from "./key.ts";
import { stream } from "./stream.ts";

test("the first uniforms of 10^7 consecutive keys are uniform, independent of their neighbours, and all different", () => {
  const { largest, repeated } = streamDeviations(root("consecutive"), 10_000_000);
  expect(largest).toBeLessThan(5);
  // Two of 10^7 numbers of 53 bits are equal with probability 0.6 %.
  expect(repeated).toBe(0);
});

test("the first uniforms of 10^7 keys under 10^7 parents are uniform, and independent of their neighbours", () => {
  const grandparent = root("parents");
  const values = new Float64Array(10_000_000);
  for (let i = 0; i < values.length; i++) values[i] = stream(derive(derive(grandparent, i), "child")).uniform();
  expect(uniformDeviation(values)).toBeLessThan(5);
  expect(pairDeviation(values.subarray(0, -1), values.subarray(1))).toBeLessThan(5);
});

test("no two of 2 x 10^6 keys below one parent agree in 64 of their bits, whichever two words those are", () => {
  const parent = root("collisions");
  const n = 2_000_000;
  const keys = Array.from({ length: n }, (_, i): Key => derive(parent, i));
  // By chance a pair agrees with probability 2 x 10^12 / 2^64, one in ten million.
  for (let a = 1; a < 4; a++) {
    for (let b = 0; b < a; b++) {
      const seen = BigUint64Array.from(keys, (key) => (BigInt(key[a]!) << 32n) | BigInt(key[b]!)).sort();
      let agreeing = 0;
      for (let i = 1; i < n; i++) if (seen[i] === seen[i - 1]) agreeing++;
      expect(agreeing).toBe(0);
    }
  }
});
