import { type Key, root } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { halton } from "./halton.ts";
import { rSequence } from "./rSequence.ts";
import { indexCount, type Sequence } from "./sequence.ts";
import { sobol } from "./sobol/sobol.ts";

const sequences: readonly (readonly [string, (dimensions: number, key: Key | null) => Sequence])[] = [
  ["sobol", sobol],
  ["halton", halton],
  ["rSequence", rSequence],
];

const key = fc.option(fc.integer().map(root), { nil: null });
const dimensions = fc.integer({ min: 1, max: 12 });
const start = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: indexCount - 1400 }));
const count = fc.integer({ min: 0, max: 700 });

function slice(sequence: Sequence, from: number, points: number): Float64Array {
  const out = new Float64Array(points * sequence.dimensions);
  sequence.fill(from, points, out);
  return out;
}

describe.each(sequences)("%s", (_, create) => {
  test("random access gives the points of the stream, bit for bit", () => {
    fc.assert(
      fc.property(dimensions, key, start, count, (d, k, from, points) => {
        const stream = slice(create(d, k), from, points);
        const access = create(d, k);
        for (let i = 0; i < points; i++) expect(access.at(from + i)).toEqual(stream.slice(i * d, (i + 1) * d));
      }),
      { numRuns: 30 },
    );
  });

  test("to skip and take is to slice", () => {
    fc.assert(
      fc.property(dimensions, key, start, count, count, (d, k, from, skip, take) => {
        const whole = slice(create(d, k), from, skip + take);
        expect(slice(create(d, k), from + skip, take)).toEqual(whole.slice(skip * d));
      }),
      { numRuns: 60 },
    );
  });

  test("points lie in [0, 1), and the same key gives the same bits", () => {
    fc.assert(
      fc.property(dimensions, key, start, (d, k, from) => {
        const points = slice(create(d, k), from, 64);
        expect(points.every((x) => x >= 0 && x < 1)).toBe(true);
        expect(slice(create(d, k), from, 64)).toEqual(points);
      }),
      { numRuns: 60 },
    );
  });

  test("fill writes nothing past its points", () => {
    fc.assert(
      fc.property(dimensions, key, start, count, (d, k, from, points) => {
        const out = new Float64Array(points * d + 3).fill(-1);
        create(d, k).fill(from, points, out);
        expect([...out.slice(points * d)]).toEqual([-1, -1, -1]);
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(sequences.slice(0, 2))("%s", (_, create) => {
  test("its first dimensions are the sequence in fewer dimensions, scrambled or not", () => {
    fc.assert(
      fc.property(dimensions, fc.integer({ min: 0, max: 30 }), key, start, (few, more, k, index) => {
        expect(
          create(few + more, k)
            .at(index)
            .slice(0, few),
        ).toEqual(create(few, k).at(index));
      }),
      { numRuns: 60 },
    );
  });
});
