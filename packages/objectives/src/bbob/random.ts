/**
 * The random numbers from which BBOB makes its instances: Park and Miller's minimal standard generator in Schrage's factorisation,
 * shuffled through a table of 32 (Bays and Durham), and normals from it by Box and Muller. Every integer stays below 2^53, so the
 * streams are those of COCO's C core. Only instances are drawn from here; strategies draw from `stream` of @caviar-hpo/core.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, and the reference implementation COCO (BSD-3); Park, Miller (1988), CACM 31.
 */
import { cos, log } from "@caviar-hpo/numerics";

const modulus = 2147483647;
const tableSize = 32;
const warmUp = 40;
/** The generators replace an exact zero by this, so that its logarithm exists. */
const tiny = 1e-99;

/** `count` uniforms on (0, 1); the seed is a positive integer. */
export function uniforms(count: number, seed: number): Float64Array {
  const table = new Float64Array(tableSize);
  let state = seed;
  for (let i = warmUp - 1; i >= 0; i--) {
    state = advance(state);
    if (i < tableSize) table[i] = state;
  }
  const out = new Float64Array(count);
  let last = table[0]!;
  for (let i = 0; i < count; i++) {
    state = advance(state);
    const slot = Math.floor(last / 67108865);
    last = table[slot]!;
    table[slot] = state;
    out[i] = last === 0 ? tiny : last / modulus;
  }
  return out;
}

/** `count` standard normals, from the first and the second half of 2 `count` uniforms. */
export function normals(count: number, seed: number): Float64Array {
  const u = uniforms(2 * count, seed);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const normal = Math.sqrt(-2 * log(u[i]!)) * cos(2 * Math.PI * u[count + i]!);
    out[i] = normal === 0 ? tiny : normal;
  }
  return out;
}

/** 16807 state mod 2^31 - 1, by 2^31 - 1 = 127773 * 16807 + 2836. */
function advance(state: number): number {
  const quotient = Math.floor(state / 127773);
  const next = 16807 * (state - quotient * 127773) - 2836 * quotient;
  return next < 0 ? next + modulus : next;
}
