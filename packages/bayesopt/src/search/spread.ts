/**
 * Points spread evenly over the unit cube of any dimension: scrambled Sobol points, random in the coordinates beyond those of the Sobol
 * tables.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { sobol } from "@caviar-hpo/samplers/sequences";

export type Spread = {
  /** Point `index`, a function of the index alone. */
  at(index: number): Float64Array;
  /** The first `count` points, row-major count x d. */
  fill(count: number, out: Float64Array): void;
};

export function spread(d: number, key: Key): Spread {
  const regular = Math.min(d, mostRegular);
  const sequence = regular === 0 ? null : sobol(regular, key);
  const random = (index: number, out: Float64Array): void => {
    const source = stream(derive(key, "beyond", index));
    for (let axis = 0; axis < out.length; axis++) out[axis] = source.uniform();
  };
  const at = (index: number): Float64Array => {
    const point = new Float64Array(d);
    sequence?.at(index, point);
    if (d > regular) random(index, point.subarray(regular));
    return point;
  };
  return {
    at,
    fill: (count, out) => {
      if (d === regular) sequence?.fill(0, count, out);
      else for (let index = 0; index < count; index++) out.set(at(index), index * d);
    },
  };
}

/** The dimensions that Joe and Kuo's table reaches. */
const mostRegular = 1111;
