/** Powers of two as units: numbers that are divided by one lose nothing, and their squares neither overflow nor vanish. */

/** The largest power of two that is at most x > 0; for 0 and for a subnormal x the least normal number. */
export function powerOfTwoBelow(x: number): number {
  const words = new DataView(new ArrayBuffer(8));
  words.setFloat64(0, x);
  words.setUint32(0, words.getUint32(0) & exponentBits);
  words.setUint32(4, 0);
  return words.getFloat64(0) || leastNormal;
}

const exponentBits = 0x7ff00000;
const leastNormal = 2.2250738585072014e-308;
