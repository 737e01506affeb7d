/**
 * A low-discrepancy sequence as a function of the index: a point follows from its index alone. So a study can resume, skip ahead or share a
 * sequence among workers with a counter as its only state.
 */
import { ConfigError, LimitError } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";

/** A low-discrepancy sequence. */
export type Sequence = {
  readonly dimensions: number;
  /**
   * The point at `index`, a whole number from 0 to 2^32 - 1. It is written to `out` (length `dimensions`), or to a new array by default.
   */
  at(index: number, out?: Float64Array): Float64Array;
  /**
   * Writes the points `start` to `start + count - 1` to `out`, row-major count x dimensions. They have the same bits as those of `at`, and
   * `fill` is faster.
   */
  fill(start: number, count: number, out: Float64Array): void;
};

/** Indices are unsigned integers of 32 bits. */
export const indexCount = 0x1_0000_0000;

/** @throws ConfigError unless `dimensions` is a positive integer, LimitError beyond `most`. */
export function checkDimensions(what: string, dimensions: number, most: number): void {
  if (!(Number.isInteger(dimensions) && dimensions >= 1)) {
    throw new ConfigError({
      code: "badDimensions",
      what,
      expected: `1 to ${most} dimensions`,
      got: String(dimensions),
      remedy: "Pass a positive whole number.",
    });
  }
  checkMost(what, dimensions, most);
}

/** @throws LimitError for more than `most` dimensions. */
export function checkMost(what: string, dimensions: number, most: number): void {
  if (dimensions <= most) return;
  throw new LimitError({
    code: "tooManyDimensions",
    what,
    expected: `1 to ${most} dimensions`,
    got: String(dimensions),
    remedy: "Use random points.",
  });
}

/** @throws ConfigError for a range that is not made of whole numbers or does not fit `out`, LimitError beyond the last index. */
export function checkRange(what: string, dimensions: number, start: number, count: number, out: Float64Array): void {
  if (!(Number.isInteger(start) && start >= 0 && Number.isInteger(count) && count >= 0)) {
    throw new ConfigError({
      code: "badIndex",
      what,
      expected: "whole numbers from 0",
      got: `index ${start}, count ${count}`,
      remedy: "Count points from 0.",
    });
  }
  checkLast(what, start + count - 1);
  if (out.length < count * dimensions) {
    throw new ConfigError({
      code: "outTooShort",
      what,
      expected: `an array of at least ${counted(count * dimensions, "number")}`,
      got: String(out.length),
      remedy: "Allocate count x dimensions.",
    });
  }
}

/** @throws LimitError for a whole number beyond the last index. */
export function checkLast(what: string, index: number): void {
  if (index < indexCount) return;
  throw new LimitError({
    code: "indexTooLarge",
    what,
    expected: "indices below 2^32",
    got: `index ${index}`,
    remedy: "Use another key.",
  });
}
