/** Zeroed arrays of the given lengths in one buffer: making many small buffers costs more than a short minimisation. */
export function sideBySide(...lengths: readonly number[]): readonly Float64Array[] {
  let total = 0;
  for (const length of lengths) total += length;
  const whole = new Float64Array(total);
  let from = 0;
  return lengths.map((length) => {
    from += length;
    return whole.subarray(from - length, from);
  });
}
