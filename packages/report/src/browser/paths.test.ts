import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepBand, steps } from "../svg/shapes.ts";
import { heightAt, readPath, writePath } from "./paths.ts";

const coordinate = fc.integer({ min: -5000, max: 5000 }).map((value) => value / 100);
const points = fc
  .uniqueArray(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12, selector: ([x]) => x })
  .map((all) => all.sort(([a], [b]) => a - b));

describe("a drawn path", () => {
  test.prop([points])("has the height of its last step at every place", (drawn) => {
    const path = readPath(steps(drawn));
    for (const [x, y] of drawn) if (x <= path[0]!.at(-1)![0]) expect(heightAt(path, x)).toBeCloseTo(y, 9);
    expect(heightAt(path, drawn[0]![0] - 1)).toBeNull();
    expect(heightAt(path, drawn.at(-1)![0] + 1)).toBeNull();
  });

  test.prop([points])("is the same path when it is written again", (drawn) => {
    const path = readPath(stepBand(drawn, drawn));
    expect(readPath(writePath(path))).toEqual(path);
  });

  it("has heights between the ends of a slope", () => {
    expect(heightAt(readPath("M0 0L10 5"), 4)).toBe(2);
  });
});
