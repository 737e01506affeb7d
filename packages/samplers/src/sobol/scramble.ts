/**
 * Nested uniform (Owen) scrambling by a hash, with neither tables nor state. S. Laine and T. Karras, *Stratified sampling for stochastic
 * transparency*, EGSR 2011, section 3, in the form B. Burley gave it (*Practical hash-based Owen scrambling*, JCGT 9 (2020) no. 4) with
 * the constants N. Vegdahl searched for.
 *
 * On a number whose binary digits are reversed, every step lets a digit depend on itself and on lower digits only: exactly the nesting
 * of Owen's scramble, in which each digit is flipped or not as a function of the digits before it. So the net property is kept exactly.
 * The authors draw addend and multiplier from one 32-bit seed; ours are two words of a key, which costs nothing and gives the deeper
 * digits more to go by. Any two nodes of the tree of flips are then independent as far as a test can tell, and that is all that mean
 * squared errors and mean discrepancies depend on.
 */
import { derive, type Key } from "@caviar-hpo/core";

/** Addend and multiplier of each dimension, one after the other. Dimension j's do not depend on how many there are. */
export function scrambleSeeds(key: Key, dimensions: number): Int32Array {
  const seeds = new Int32Array(2 * dimensions);
  for (let j = 0; j < dimensions; j += 1) {
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
