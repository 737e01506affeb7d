/**
 * The points on which the elementary functions are judged: the same on every machine, because made of integers and exact products
 * alone. Each function gets a quarter each of: all finite doubles of its domain (uniform in their bits), its natural range,
 * magnitudes spread over many octaves, and the places that are hard for it.
 */

import { powerOfTwo } from "../src/bits.ts";
import { log } from "../src/index.ts";

export type OneArgument = "exp" | "expm1" | "log" | "log1p" | "sin" | "cos" | "tanh";

/** `count` arguments for a function of one. */
export function points(name: OneArgument, count: number): Float64Array {
  const draw = drawing(0x5eed);
  return Float64Array.from({ length: count }, (_, index) => ARGUMENTS[name][index % 4]!(draw));
}

/** `count` pairs (x, y) for pow, one after the other: either x > 0, or x < 0 and y an integer. */
export function powPoints(count: number): Float64Array {
  const draw = drawing(0x90e5);
  const pairs = new Float64Array(2 * count);
  for (let index = 0; index < count; index++) pairs.set(POW_ARGUMENTS[index % 4]!(draw), 2 * index);
  return pairs;
}

/** `count` probabilities in (0, 1): uniform, spread over the octaves down to the least double, and close to 1. */
export function probabilities(count: number): Float64Array {
  const draw = drawing(0x9a55);
  const kinds = [() => draw.between(0, 1), () => power(draw.between(-1074, -1)), () => 1 - power(draw.between(-53, -1))];
  return Float64Array.from({ length: count }, (_, index) => Math.max(Number.MIN_VALUE, kinds[index % 3]!()));
}

type Draw = { readonly between: (low: number, high: number) => number; readonly finite: () => number; readonly sign: () => number };

/** Weyl's sequence through the finaliser of MurmurHash3. */
function drawing(seed: number): Draw {
  let state = seed;
  const word = () => {
    state = (state + 0x9e3779b9) | 0;
    let h = state;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  const between = (low: number, high: number) => low + (high - low) * ((word() * 2097152 + (word() >>> 11)) * powerOfTwo(-53));
  const view = new DataView(new ArrayBuffer(8));
  const finite = (): number => {
    view.setUint32(0, word());
    view.setUint32(4, word());
    const x = view.getFloat64(0);
    return Number.isFinite(x) ? x : finite();
  };
  return { between, finite, sign: () => (word() & 1 ? -1 : 1) };
}

/** 2^exponent times a factor in [1, 2), for exponents down to the subnormals. */
function power(exponent: number): number {
  const whole = Math.floor(exponent);
  const half = Math.trunc(whole / 2);
  return (1 + exponent - whole) * powerOfTwo(half) * powerOfTwo(whole - half);
}

/** Within a few units in the last place of x. */
function around(x: number, draw: Draw): number {
  return x * (1 + Math.floor(draw.between(-4, 5)) * powerOfTwo(-52));
}

const octaves = (low: number, high: number) => (draw: Draw) => draw.sign() * power(draw.between(low, high));
const range = (low: number, high: number) => (draw: Draw) => draw.between(low, high);
const anywhere = (draw: Draw) => draw.finite();
const besideReductionSteps = (low: number, high: number) => (draw: Draw) =>
  around((Math.floor(draw.between(low, high)) + 0.5) * Math.LN2, draw);
const besideQuarterTurns = (draw: Draw) => around(Math.floor(power(draw.between(0, 50))) * (Math.PI / 2), draw);

const ARGUMENTS: { readonly [name in OneArgument]: readonly ((draw: Draw) => number)[] } = {
  exp: [anywhere, range(-746, 710), octaves(-60, 3), besideReductionSteps(-1075, 1024)],
  expm1: [anywhere, range(-40, 100), octaves(-60, 3), besideReductionSteps(-8, 8)],
  log: [
    (draw) => Math.abs(draw.finite()) || 1,
    range(powerOfTwo(-20), 10),
    (draw) => 1 + draw.sign() * power(draw.between(-53, -1)),
    (draw) => around(Math.SQRT2 * powerOfTwo(Math.floor(draw.between(-1000, 1000))), draw),
  ],
  log1p: [
    (draw) => {
      const x = draw.finite();
      return x > -1 ? x : -x;
    },
    range(-1 + powerOfTwo(-53), 3),
    octaves(-60, -1),
    (draw) => power(draw.between(-53, -1)) - 1,
  ],
  sin: [anywhere, range(-10, 10), octaves(-40, 60), besideQuarterTurns],
  cos: [anywhere, range(-10, 10), octaves(-40, 60), besideQuarterTurns],
  tanh: [anywhere, range(-23, 23), octaves(-60, 3), range(-1.1, 1.1)],
};

/** A y for which x^y lies between the underflow and the overflow, or a little outside. */
function exponentFor(x: number, draw: Draw): number {
  return (draw.between(-1080, 1030) * Math.LN2) / log(x);
}

const POW_ARGUMENTS: readonly ((draw: Draw) => readonly [x: number, y: number])[] = [
  (draw) => {
    const x = Math.abs(draw.finite()) || 3;
    return [x, exponentFor(x, draw)];
  },
  (draw) => [draw.between(powerOfTwo(-20), 10), draw.between(-100, 100)],
  (draw) => {
    const x = 1 + draw.sign() * power(draw.between(-52, -2));
    return [x, exponentFor(x, draw)];
  },
  (draw) => [-draw.between(powerOfTwo(-20), 20), Math.floor(draw.between(-60, 60))],
];
