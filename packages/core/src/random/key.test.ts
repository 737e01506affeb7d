import { expect, test } from "vitest";
import { pairDeviation, streamDeviations, uniformDeviation } from "../../testing/uniformity.ts";
import { ConfigError } from "../contract/errors.ts";
import { derive, type Key, root } from "./key.ts";
import { stream } from "./stream.ts";

test("seeds that seedrandom itself confuses, and seeds of different types, have different roots", () => {
  const seeds: readonly (string | number)[] = [
    1,
    11,
    "1",
    "11",
    "111",
    "",
    0,
    "0",
    "a",
    "aa",
    "é",
    "e\u0301",
    1e-300,
    -1,
    "-1",
    "\u0000",
    "\u0000\u0000",
  ];
  const roots = seeds.map((seed) => root(seed).join());
  expect(new Set(roots).size).toBe(seeds.length);
});

test("0 and -0 are one seed", () => {
  expect(root(-0)).toEqual(root(0));
});

test("a root never changes", () => {
  expect([root(42), root("caviar"), root("")]).toMatchInlineSnapshot(`
    [
      [
        3192561937,
        211847451,
        3346415329,
        981135588,
      ],
      [
        1458109255,
        3983857511,
        748713250,
        1706136471,
      ],
      [
        775977252,
        538908716,
        2841192324,
        1874523478,
      ],
    ]
  `);
});

test("a derived key never changes", () => {
  expect([derive(root(42), "strategy"), derive(root(42), "trial", 7, 0.5), derive([0, 0, 0, 0])]).toMatchInlineSnapshot(`
    [
      [
        459438973,
        262250031,
        3952749575,
        2153732474,
      ],
      [
        1364584899,
        3109270032,
        242695149,
        2333563486,
      ],
      [
        0,
        0,
        0,
        0,
      ],
    ]
  `);
});

test.each([NaN, Infinity, "x".repeat(1025)])("the seed %s is refused", (seed) => {
  expect(() => root(seed)).toThrow(ConfigError);
});

test("path elements are tagged by type and delimited by length", () => {
  const key = root(1);
  const paths: readonly (readonly (string | number)[])[] = [
    ["ab", "c"],
    ["a", "bc"],
    ["abc"],
    [1],
    ["1"],
    [1, 2],
    [12],
    ["1", 2],
    [""],
    ["", ""],
    [],
    [0],
    [0.5],
    [-1],
    ["\u0000"],
    ["12345678"],
    ["123456789"],
    ["1234567890123456789012345"],
  ];
  const keys = paths.map((path) => derive(key, ...path).join());
  expect(new Set(keys).size).toBe(paths.length);
});

test("deriving in two steps is another key than deriving in one: paths are not joined", () => {
  const key = root(1);
  expect(derive(derive(key, "a"), "b")).not.toEqual(derive(key, "a", "b"));
});

test("each bit of a child key flips with probability 1/2 when one bit of the parent or of the path flips", () => {
  const parent = root("avalanche");
  const flips = new Float64Array(128);
  let pairs = 0;
  for (let path = 0; path < 40; path++) {
    const child = derive(parent, path);
    for (let bit = 0; bit < 128; bit++) {
      const flipped = [...parent] as [number, number, number, number];
      flipped[bit >> 5] = (flipped[bit >> 5]! ^ (1 << (bit & 31))) >>> 0;
      const other = derive(flipped, path);
      pairs++;
      for (let out = 0; out < 128; out++) flips[out]! += ((child[out >> 5]! ^ other[out >> 5]!) >>> (out & 31)) & 1;
    }
  }
  for (const count of flips) expect(Math.abs(count / pairs - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / pairs));
});

test("the first uniforms of 200,000 consecutive keys are uniform, and independent of their neighbours (nightly: of 10^7)", () => {
  const { largest, repeated } = streamDeviations(root("consecutive"), 200_000);
  expect(largest).toBeLessThan(5);
  expect(repeated).toBe(0);
});

test("the first uniforms of raw keys that count up in any one word are uniform and independent too", () => {
  for (let word = 0; word < 4; word++) {
    const n = 100_000;
    const values = Float64Array.from({ length: n }, (_, i) =>
      stream([0, 0, 0, 0].map((zero, w) => (w === word ? i : zero)) as unknown as Key).uniform(),
    );
    expect(uniformDeviation(values)).toBeLessThan(5);
    expect(pairDeviation(values.subarray(0, n - 1), values.subarray(1))).toBeLessThan(5);
  }
});
