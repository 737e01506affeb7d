/**
 * Nested uniform (Owen) scrambling by a hash, with neither tables nor state. S. Laine and T. Karras, *Stratified sampling for stochastic
 * transparency*, EGSR 2011, section 3, in the form B. Burley gave it (*Practical hash-based Owen scrambling*, JCGT 9 (2020) no. 4) with
 * the constants N. Vegdahl searched for.
 *
 * On a number whose binary digits are reversed, every step lets a digit depend on itself and on lower digits only: exactly the nesting
 * of Owen's scramble, in which the digits before a digit decide whether it is flipped. So the scrambled points are still a net, exactly.
 * The authors draw addend and multiplier from one 32-bit seed. Ours are two words of a key, which costs nothing and makes the deeper digits
 * more random. No test found any two nodes of the tree of flips to be dependent, and mean squared errors and mean discrepancies depend on
 * nothing else.
 */
import { derive, type Key } from "@caviar-hpo/core";

/** Addend and multiplier of each dimension, one after the other. Those of dimension j do not depend on the number of dimensions. */
export function scrambleSeeds(key: Key, dimensions: number): Int32Array {
  const seeds = new Int32Array(2 * dimensions);
  for (let j = 0; j < dimensions; j++) {
    const words = derive(key, "dimension", j);
    seeds[2 * j] = words[0];
    seeds[2 * j + 1] = words[1] | 1;
  }
  return seeds;
}

/** Scrambles a point whose 32 binary digits are reversed. */
export function scrambleReversed(reversed: number, addend: number, multiplier: number): number {
  let x = reversed ^ Math.imul(reversed, 0x3d20adea);
  x = Math.imul((x + addend) | 0, multiplier);
  x ^= Math.imul(x, 0x05526c56);
  return x ^ Math.imul(x, 0x53a22864);
}
