import { describe, expect, it } from "vitest";
import { allocate, blockOf, borrow } from "./block.ts";

describe("allocate", () => {
  it("gives zeroed arrays of the lengths asked, side by side and apart", () => {
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

  it("gives every call a block of its own, a thousand of them at once", () => {
    const held = Array.from({ length: 1000 }, () => allocate(4)[0]!);
    expect(new Set(held.map((array) => array.buffer)).size).toBe(1000);
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
  it("copies into one block, which it uses again unless it is large", () => {
    const [first, second] = borrow(Float64Array.of(1, 2, 3), Float64Array.of(4)) as [Float64Array, Float64Array];
    expect([...first, ...second]).toEqual([1, 2, 3, 4]);
    expect(blockOf(first, second)).not.toBeNull();
    expect(borrow(Float64Array.of(5))[0]!.buffer).toBe(first.buffer);
    const large = new Float64Array(1_100_000).fill(7);
    const [copy] = borrow(large) as [Float64Array];
    expect(copy.every((value) => value === 7)).toBe(true);
    expect(borrow(large)[0]!.buffer).not.toBe(copy.buffer);
  });
});
