/**
 * The kernels against the plain operations at sizes beyond every block of theirs, and the smooth activations on a 61st of all float32
 * numbers.
 */

import { assert, constantFrom, integer, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { type NetworkCase, networkCases } from "../../testing/networkCases.ts";
import { differenceFromPlain, roomFor } from "../../testing/networkTwins.ts";
import { float32Operations } from "./float32.ts";

const room = roomFor(700);
const call = record({
  m: nat(700),
  k: nat(700),
  n: nat(700),
  seed: nat(1e6),
  share: constantFrom(0, 0.01, 0.3),
  offset: integer({ min: 0, max: 3 }),
});

describe("in the kernel as in plain JavaScript, to the bit, up to 700:", () => {
  it.each(networkCases)("$name", (one: NetworkCase) => {
    assert(
      property(call, (drawn) => differenceFromPlain(room, one, drawn, drawn) === ""),
      { numRuns: 20 },
    );
  });

  it.each(["normalise", "normaliseBackward"])("%s with more columns than scratch holds", (name) => {
    const shape = { m: 2, k: 1, n: 33_001 };
    const one = networkCases.find((each) => each.name === name)!;
    expect(differenceFromPlain(room, one, shape, { seed: 1, share: 0.01, offset: 1 })).toBe("");
  });
});

describe("on every 61st float32", () => {
  const count = 65_536;
  const [x, y, dy, dx] = float32Operations.allocate(count, count, count, count) as readonly [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [plainX, plainY, plainDx] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  const plainDy = new Float32Array(count).fill(1);
  const bits = new Uint32Array(x.buffer, x.byteOffset, count);
  dy.fill(1);

  it.each(["tanh", "sigmoid", "gelu"] as const)("%s and its derivative have the same bits", (name) => {
    let different = 0;
    for (let base = 0; base < 4294967296; base += count * 61) {
      for (let i = 0; i < count; i++) bits[i] = base + i * 61;
      plainX.set(x);
      float32Operations.activate(name, y, x, count);
      float32Operations.activate(name, plainY, plainX, count);
      float32Operations.activateBackward(name, dx, dy, x, count);
      float32Operations.activateBackward(name, plainDx, plainDy, plainX, count);
      for (let i = 0; i < count; i++) if (!Object.is(y[i], plainY[i]) || !Object.is(dx[i], plainDx[i])) different++;
    }
    expect(different).toBe(0);
  });
});
