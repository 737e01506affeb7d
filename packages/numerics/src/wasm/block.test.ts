import { describe, expect, it } from "vitest";
import { solveLower } from "../linear/solve.ts";
import { allocate, blockOf, borrow } from "./block.ts";

describe("allocate", () => {
  it("gives arrays of zeros with the given lengths, next to each other and without overlap", () => {
    const arrays = allocate(3, 0, 1000, 1);
    expect(arrays.map((array) => array.length)).toEqual([3, 0, 1000, 1]);
    expect(arrays.every((array) => array.every((value) => value === 0))).toBe(true);
    arrays.forEach((array, index) => {
      array.fill(index + 1);
    });
    expect(arrays.every((array, index) => array.every((value) => value === index + 1))).toBe(true);
  });

  it("begins every array on a cache line", () => {
    for (const array of allocate(1, 2, 9, 64)) expect(array.byteOffset % 64).toBe(0);
  });

  it("gives every call its own block", () => {
    const held = Array.from({ length: 20 }, () => allocate(4)[0]!);
    expect(new Set(held.map((array) => blockOf(array))).size).toBe(20);
  });

  // Only in browsers: Node holds so many memories that using them up takes half a minute.
  const whereMemoriesAreFew = "document" in globalThis ? it : null;
  whereMemoriesAreFew?.("gives plain arrays when the engine has no memory left, with the same bits", () => {
    const right = Float64Array.of(1, 2, 3, 4);
    const factor = Float64Array.of(1, 0, 0, 0, 2, 3, 0, 0, 4, 5, 6, 0, 7, 8, 9, 10);
    const [l, b] = allocate(16, 4) as [Float64Array, Float64Array];
    l.set(factor);
    b.set(right);
    solveLower(l, 4, b, 1);
    const held: Float64Array[] = [];
    let last = b;
    for (; held.length < 10_000 && blockOf(last) !== null; held.push(last)) last = allocate(4)[0]!;
    expect(blockOf(last)).toBeNull();
    expect([...last]).toEqual([0, 0, 0, 0]);
    last.set(right);
    solveLower(factor, 4, last, 1);
    expect(last).toEqual(b.slice());
    expect(held.length).toBeGreaterThan(50);
  });

  it("refuses lengths that are no counts or more than memory holds", () => {
    for (const length of [-1, 0.5, NaN, Infinity]) expect(() => allocate(2, length)).toThrow(RangeError);
    expect(() => allocate(2 ** 29)).toThrow("Use several blocks");
    expect(allocate()).toEqual([]);
  });
});

describe("blockOf", () => {
  const [a, b] = allocate(5, 5) as [Float64Array, Float64Array];

  it("knows arrays of one call, and views of them", () => {
    expect(blockOf(a, b.subarray(1, 3))).toBe(blockOf(a));
    expect(blockOf(a)).not.toBeNull();
  });

  it("is null for plain arrays and for arrays of two calls", () => {
    expect(blockOf(new Float64Array(5))).toBeNull();
    expect(blockOf(a, b, a, b, allocate(5)[0]!)).toBeNull();
    expect(blockOf(new Float64Array(5), a)).toBeNull();
  });
});

describe("borrow", () => {
  it("copies into one block, which it uses again", () => {
    const [first, second] = borrow(Float64Array.of(1, 2, 3), Float64Array.of(4)) as [Float64Array, Float64Array];
    expect([...first, ...second]).toEqual([1, 2, 3, 4]);
    expect(blockOf(first, second)).not.toBeNull();
    expect(borrow(Float64Array.of(5))[0]!.buffer).toBe(first.buffer);
  });

  it("grows it for what is larger", () => {
    const large = new Float64Array(1_100_000).fill(7);
    const [copy] = borrow(large) as [Float64Array];
    expect(copy.every((value) => value === 7)).toBe(true);
    expect([...borrow(Float64Array.of(5))[0]!]).toEqual([5]);
  });
});
