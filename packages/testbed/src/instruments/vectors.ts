/** Lengths and angles of gradients, summed in double precision whatever theirs. */
import type { Numbers } from "@caviar-hpo/numerics/network";

export function norm(x: Numbers): number {
  return Math.sqrt(dot(x, x));
}

export function dot(x: Numbers, y: Numbers): number {
  let sum = 0;
  for (let index = 0; index < x.length; index++) sum += x[index]! * y[index]!;
  return sum;
}

export function distance(x: Numbers, y: Numbers): number {
  let sum = 0;
  for (let index = 0; index < x.length; index++) {
    const difference = x[index]! - y[index]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
