/** What operations refuse, in both precisions. */

import { describe, expect, it } from "vitest";
import { networkCases } from "../../testing/networkCases.ts";
import { float32Operations } from "./float32.ts";
import type { ActivationName, Numbers, Operations } from "./operations.ts";
import { float64Operations } from "./plain.ts";

const shape = { m: 3, k: 2, n: 5 };
const numbers = [0.1, 0.9, 0.99, 1e-8, 0.5, 0.5];

/** Not of `allocate`: browsers hold few blocks. */
const arrayOf = ({ precision }: Operations, length: number): Numbers =>
  precision === "float32" ? new Float32Array(length) : new Float64Array(length);

describe.each([float32Operations, float64Operations])("operations in $precision", (of) => {
  it.each(networkCases)("$name: every array one number short, of the other precision, or fine", (one) => {
    const lengths = one.lengths(shape);
    for (const [index, length] of lengths.entries()) {
      const short = lengths.map((each, other) => arrayOf(of, each - (other === index ? 1 : 0)));
      expect(() => one.run(of, short, shape, numbers)).toThrow(`expected a length of at least ${length}, got ${length - 1}`);
      expect(short.every((array) => array.every((value) => value === 0))).toBe(true);
      const other = of === float32Operations ? float64Operations : float32Operations;
      const mixed = lengths.map((each, at) => arrayOf(at === index ? other : of, each));
      expect(() => one.run(of, mixed, shape, numbers)).toThrow(RangeError);
    }
    expect(() =>
      one.run(
        of,
        lengths.map((length) => arrayOf(of, length)),
        shape,
        numbers,
      ),
    ).not.toThrow();
  });

  it.each(networkCases)("$name: values that are not counts", (one) => {
    const arrays = one.lengths(shape).map((length) => arrayOf(of, length));
    for (const m of [-1, 0.5, NaN, Infinity])
      expect(() => one.run(of, arrays, { ...shape, m }, numbers)).toThrow("expected an integer >= 0");
  });

  it("labels that are not a class, rates of dropout outside [0, 1), unknown activations, lengths that are not counts", () => {
    const [dz, z, labels] = of.allocate(6, 6, 2);
    for (const label of [-1, 3, 0.5, NaN]) {
      labels![1] = label;
      expect(() => of.softmaxCrossEntropy(dz!, z!, labels!, 2, 3)).toThrow(`labels[1]: expected a class from 0 to 2, got ${label}`);
    }
    for (const rate of [-0.1, 1, NaN]) expect(() => of.dropout(z!, rate, [1, 2], 6)).toThrow("rate: expected a number from 0 to below 1");
    expect(() => of.activate("swish" as ActivationName, z!, z!, 6)).toThrow("expected one of relu, leakyRelu, tanh, sigmoid, gelu");
    expect(() => of.activateBackward("swish" as ActivationName, z!, z!, z!, 6)).toThrow(RangeError);
    for (const length of [-1, 0.5, NaN]) expect(() => of.allocate(length)).toThrow(RangeError);
  });

  it("allocate zeros next to each other, each array on its own cache line", () => {
    const arrays = of.allocate(3, 0, 100);
    expect(arrays.map((array) => array.length)).toEqual([3, 0, 100]);
    expect(new Set(arrays.map((array) => array.buffer)).size).toBe(1);
    for (const array of arrays) expect([array.byteOffset % 64, array.every((value) => value === 0)]).toEqual([0, true]);
  });

  it("work where the arrays lie and leave them there", () => {
    const arrays = of.allocate(...Array<number>(7).fill(40));
    const { buffer } = arrays[0]!;
    const size = buffer.byteLength;
    for (const one of networkCases)
      one.run(
        of,
        one.lengths(shape).map((length, i) => arrays[i]!.subarray(0, length)),
        shape,
        numbers,
      );
    expect(arrays.map((array) => [array.length, array.buffer === buffer])).toEqual(Array(7).fill([40, true]));
    expect(buffer.byteLength).toBe(size);
  });
});
