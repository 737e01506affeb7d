/** An honest sampler, and how to break it: each planted bug is another way to make point i of a key. */
import type { SamplerCard } from "../contract/samplerCard.ts";
import { samplerCard } from "../contract/samplerCard.ts";
import { derive, type Key } from "../random/key.ts";
import { permutation, stream } from "../random/stream.ts";
import { decode } from "../space/codec.ts";
import { type Config, isActive, type ParamValue, type Plain, plainOf, type Space } from "../space/param.ts";

/** The configuration of point `index` under `key`. */
export type PointAt = (space: Space, key: Key, index: number) => Config;

export function cardOf(pointAt: PointAt): SamplerCard {
  return samplerCard({
    name: "planted",
    doc: "Points of a function.",
    options: {},
    adaptive: false,
    dependsOn: "nothing",
    sampler: () => ({
      name: "planted",
      version: 1,
      can: { conditional: true, objectives: 1, constraints: true, external: true },
      init: (_problem, key) => ({ key, index: 0 }),
      suggest: (state: { readonly key: Key; index: number }, { problem }) => {
        const config = pointAt(problem.space, state.key, state.index);
        state.index++;
        return { config };
      },
      tell: () => {},
    }),
  });
}

/** A point of the unit cube for each index, decoded. */
export const unitPoints =
  (unitAt: (dims: number, key: Key, index: number) => Float64Array): PointAt =>
  (space, key, index) =>
    decode(space, unitAt(space.dims, key, index));

/** Independent uniform points. */
export const uniformUnit = (dims: number, key: Key, index: number): Float64Array =>
  Float64Array.from({ length: dims }, stream(derive(key, index)).uniform);

/** Independent uniform points, with another value for some parameters. */
export const withValues =
  (change: (value: ParamValue, param: Plain, name: string) => ParamValue): PointAt =>
  (space, key, index) => {
    const config: { [name: string]: ParamValue } = { ...decode(space, uniformUnit(space.dims, key, index)) };
    for (const [name, param] of space.params) {
      if (Object.hasOwn(config, name)) config[name] = change(config[name]!, plainOf(param), name);
      if (!isActive(param, config)) delete config[name];
    }
    return config;
  };

/** Latin hypercubes of `n` points: axis j takes its strata in the order `orderOf`, with a place of its own inside each. */
export const latinUnit =
  (n: number, orderOf: (key: Key, axis: number) => Int32Array = (key, axis) => permutation(stream(derive(key, "order", axis)), n)) =>
  (dims: number, key: Key, index: number): Float64Array => {
    const design = derive(key, "design", Math.floor(index / n));
    const inside = stream(derive(key, "inside", index));
    return Float64Array.from({ length: dims }, (_, axis) => (orderOf(design, axis)[index % n]! + inside.uniform()) / n);
  };

/** The first two axes of Sobol's sequence, each with the digits of `shift` added modulo 2; further axes are independent and uniform. */
export const sobolUnit =
  (shiftOf: (key: Key, axis: number) => number = (key, axis) => stream(derive(key, "shift", axis)).uniform()) =>
  (dims: number, key: Key, index: number): Float64Array => {
    const further = uniformUnit(dims, key, index);
    return further.map((uniform, axis) =>
      axis < 2 ? addDigits(axis === 0 ? vanDerCorput(index) : pascal(index), shiftOf(key, axis)) : uniform,
    );
  };

const twoTo32 = 0x1_0000_0000;

/** The digits of the index in base 2, mirrored at the point. */
function vanDerCorput(index: number): number {
  let value = 0;
  let digit = 0.5;
  for (let rest = index; rest > 0; rest = Math.floor(rest / 2)) {
    value += digit * (rest % 2);
    digit /= 2;
  }
  return value;
}

/** The generator matrix is Pascal's triangle modulo 2. */
function pascal(index: number): number {
  let digits = 0;
  let direction = 0x80000000;
  for (let rest = index; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) digits ^= direction;
    direction ^= direction >>> 1;
  }
  return (digits >>> 0) / twoTo32;
}

/** The sum of the first 32 digits modulo 2, digit by digit; the later ones are those of `shift`. */
function addDigits(value: number, shift: number): number {
  const whole = Math.floor(shift * twoTo32);
  return (((Math.floor(value * twoTo32) ^ whole) >>> 0) + (shift * twoTo32 - whole)) / twoTo32;
}
