/** As `hostileFiles.test.ts`, with 500,000 changes: 50,000 for each reader. */
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { fileReaders, mutated, readingOf, remove } from "./hostileFiles.ts";
import { globals } from "./poisoning.ts";

afterAll(remove);

const before = globals();

const shares = fileReaders.flatMap((reader) => Array.from({ length: 10 }, (_, share) => [reader.name, share, reader] as const));

it.each(shares)("%s that was changed in any place is refused by a typed error, or read (part %i)", (_name, share, reader) => {
  const property = fc.property(mutated(reader), (text) => {
    expect(readingOf(reader, text, before).fault, text.slice(0, 500)).toBeNull();
  });
  fc.assert(property, { seed: 100 + share, numRuns: 5000 });
});
