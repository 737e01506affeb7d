/** As `poisoning.test.ts`, with 20,000 records that were drawn: hostile members in any number, under any names. */
import { CaviarError } from "@caviar-hpo/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { optionCalls } from "./optionCalls.ts";
import { changesSince, globals } from "./poisoning.ts";

const before = globals();
const runs = Math.ceil(20_000 / Object.keys(optionCalls).length);

const keys = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "valueOf", "length", "then", "name", "kind", "0", "");
const member = fc.oneof(fc.anything({ key: keys, maxDepth: 3, withBigInt: true, withMap: true, withDate: true }), fc.func(fc.anything()));

/** Drawn records are refused at the latest for their unknown keys, so that no call begins long work. */
const records = fc.dictionary(keys, member, { minKeys: 1, maxKeys: 4, noNullPrototype: false });

it.each(Object.entries(optionCalls))("%s takes drawn records as it should", async (_name, { call, valid }) => {
  const property = fc.asyncProperty(records, async (drawn) => {
    const record = Object.defineProperties({ ...valid }, Object.getOwnPropertyDescriptors(drawn));
    try {
      await call(record as never);
    } catch (error) {
      if (!(error instanceof CaviarError)) throw error;
    }
    expect(changesSince(before)).toEqual([]);
  });
  await fc.assert(property, { seed: 1, numRuns: runs });
});
