import { expect, test } from "vitest";
import { NumericalError } from "../contract/errors.ts";
import { derive, root } from "./key.ts";
import { firstNormal, firstUniform, permutation, stream } from "./stream.ts";

const key = root("stream");

test("a stream never changes", () => {
  const source = stream(root(42));
  expect([source.uniform(), source.normal(), source.integer(6), source.integer(2 ** 40), source.uniform()]).toMatchInlineSnapshot(`
    [
      0.023840341475368176,
      0.2271505483467531,
      0,
      773358981552,
      0.8263266161630706,
    ]
  `);
});

test("the first uniform and the first normal are those of a new stream", () => {
  for (let index = 0; index < 100; index++) {
    const one = derive(key, index);
    expect([firstUniform(one), firstNormal(one)]).toEqual([stream(one).uniform(), stream(one).normal()]);
  }
});

test("uniforms are multiples of 2^-53 in [0, 1), with every one of the 53 bits set half of the time", () => {
  const source = stream(key);
  const n = 20_000;
  const ones = new Float64Array(53);
  for (let i = 0; i < n; i++) {
    const scaled = source.uniform() * 2 ** 53;
    if (!(Number.isInteger(scaled) && scaled >= 0 && scaled < 2 ** 53)) expect.fail(`${scaled} x 2^-53`);
    let rest = scaled;
    for (let bit = 0; bit < 53; bit++) {
      ones[bit]! += rest % 2;
      rest = Math.floor(rest / 2);
    }
  }
  for (const count of ones) expect(Math.abs(count / n - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / n));
});

test("normals have mean 0, variance 1, no skew, kurtosis 3, and the tails of the normal law", () => {
  const source = stream(derive(key, "normal"));
  const n = 200_000;
  const sums = [0, 0, 0, 0];
  let beyondTwo = 0;
  for (let i = 0; i < n; i++) {
    const z = source.normal();
    for (let power = 0; power < 4; power++) sums[power]! += z ** (power + 1);
    if (Math.abs(z) > 2) beyondTwo++;
  }
  const moments = sums.map((sum) => sum / n);
  expect(Math.abs(moments[0]!)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(moments[1]! - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(moments[2]!)).toBeLessThan(5 * Math.sqrt(15 / n));
  expect(Math.abs(moments[3]! - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  expect(Math.abs(beyondTwo / n - 0.0455002638963584)).toBeLessThan(5 * Math.sqrt(0.0455 / n));
});

test.each([1, 2, 3, 7, 10, 1000])("integers below %i are equally likely", (count) => {
  const source = stream(derive(key, "integer", count));
  const n = 20_000;
  const cells = new Float64Array(count);
  for (let i = 0; i < n; i++) cells[source.integer(count)]!++;
  const chiSquare = cells.reduce((sum, observed) => sum + (observed - n / count) ** 2 / (n / count), 0);
  expect(chiSquare).toBeLessThan(count - 1 + 6 * Math.sqrt(2 * count));
});

test("integers of a range that does not divide 2^53 reach its last value and are not biased to small ones", () => {
  const source = stream(derive(key, "wide"));
  const count = 3 * 2 ** 51;
  const n = 9000;
  const thirds = [0, 0, 0];
  for (let i = 0; i < n; i++) thirds[Math.floor(source.integer(count) / 2 ** 51)]!++;
  for (const third of thirds) expect(Math.abs(third - n / 3)).toBeLessThan(5 * Math.sqrt((n * 2) / 9));
});

test.each([0, -1, 1.5, NaN, 2 ** 53 + 2])("a count of %s is refused", (count) => {
  expect(() => stream(key).integer(count)).toThrow(NumericalError);
});

test("a permutation holds every number once, and all 24 orders of four are equally likely", () => {
  const seen = new Map<string, number>();
  const n = 24_000;
  for (let i = 0; i < n; i++) {
    const order = permutation(stream(derive(key, "permutation", i)), 4);
    seen.set(order.join(), (seen.get(order.join()) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  for (const order of seen.keys()) expect(order.split(",").sort().join()).toBe("0,1,2,3");
  for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
});
