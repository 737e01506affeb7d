import fc from "fast-check";
import { expect, test } from "vitest";
import { isoTime } from "./isoTime.ts";

test("a time is the one of Date, with microseconds and the zone as Python writes them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_370_764_799_999 }), (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString().replace("Z", "000+00:00"));
    }),
  );
  for (const date of ["1970-01-01", "2000-02-29", "2100-02-28", "2100-03-01", "2024-12-31"])
    expect(isoTime(Date.parse(date))).toBe(`${date}T00:00:00.000000+00:00`);
});
