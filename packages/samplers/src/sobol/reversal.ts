/** Reversed binary digits: the Sobol sequence has its most significant digit in the lowest place, because the scramble needs it there. */

/** The 32 binary digits of `x` in opposite order, as a signed integer. */
export function reverseBits(x: number): number {
  let y = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  y = ((y >>> 2) & 0x33333333) | ((y & 0x33333333) << 2);
  y = ((y >>> 4) & 0x0f0f0f0f) | ((y & 0x0f0f0f0f) << 4);
  y = ((y >>> 8) & 0x00ff00ff) | ((y & 0x00ff00ff) << 8);
  return (y >>> 16) | (y << 16);
}

/** The number in [0, 1) whose binary fraction is `reversed`, least significant digit first. */
export function fractionOfReversed(reversed: number): number {
  return (reverseBits(reversed) >>> 0) / 0x1_0000_0000;
}
