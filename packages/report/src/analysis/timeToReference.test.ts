import { root, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { timeToReference } from "./timeToReference.ts";

const infinity = Infinity;
const positions = [1, 2, 3, 4, 5, 6, 7, 8];
const key = root("time to reference");

/** A run that is at `level` from the position `from` on, at 9 before. */
const step = (from: number, level: number): Float64Array => Float64Array.from(positions, (position) => (position >= from ? level : 9));

describe("a worked example", () => {
  // The reference ends at 2 in the median and is there from 6 on; its rivals are there from 2 on, from 3 on, and never.
  const reference = [step(4, 1), step(6, 2), step(8, 3)];
  const fast = [step(2, 2), step(1, 0), step(5, 5)];
  const other = [step(3, 2), step(3, 2), step(3, 2)];
  const never = [step(1, 2), step(1, 4), step(1, 4)];
  const { problems, overall } = timeToReference([[reference, fast, other, never]], positions, 0, key);
  const { target, strategies } = problems[0]!;

  it("has the reference's median at the end as its target", () => {
    expect(target).toBe(2);
  });

  it("says what each spends until half of its runs are there, and of what the reference spends", () => {
    expect(strategies.map(({ resource }) => resource.value)).toEqual([6, 2, 3, infinity]);
    expect(strategies.map(({ share }) => share.value)).toEqual([1, 1 / 3, 1 / 2, infinity]);
  });

  it("counts the runs that get there, and says when each does", () => {
    expect(strategies.map(({ runs, of }) => [runs, of])).toEqual([
      [2, 3],
      [2, 3],
      [3, 3],
      [1, 3],
    ]);
    expect(strategies.map(({ each }) => each.median)).toEqual([6, 2, 3, infinity]);
  });

  it("counts the problems, and takes the median over them", () => {
    expect(overall.map(({ reached }) => reached)).toEqual([1, 1, 1, 0]);
    expect(overall.map(({ share }) => share.value)).toEqual([1, 1 / 3, 1 / 2, infinity]);
    const twice = timeToReference(
      [
        [reference, fast],
        [reference, other],
        [reference, never],
      ],
      positions,
      0,
      key,
    );
    expect(twice.overall[1]).toMatchObject({ reached: 2, share: { value: 1 / 2 } });
  });
});

it("no strategy gets to the quality of a reference that has none", () => {
  const { problems, overall } = timeToReference(
    [
      [
        [step(1, infinity), step(1, infinity), step(1, 0)],
        [step(1, 0), step(1, 0), step(1, 0)],
      ],
    ],
    positions,
    0,
    key,
  );
  expect(problems[0]!.strategies.map(({ resource, share, runs }) => [resource.value, share.value, runs])).toEqual([
    [infinity, infinity, 0],
    [infinity, infinity, 0],
  ]);
  expect(overall.map(({ reached }) => reached)).toEqual([0, 0]);
});

describe("where runs fall at random", () => {
  // Regret 1 / (speed x resource) by a factor that differs from run to run: a speed of s needs the s-th part.
  const fine = Array.from({ length: 400 }, (_, index) => 40 * 1.02 ** (index - 399));
  const runsAt = (speed: number, name: string, count = 30): readonly Float64Array[] =>
    Array.from({ length: count }, (_, run) => {
      const luck = stream(root(`${name} ${run}`)).normal();
      return Float64Array.from(fine, (position) => -Math.log10(speed * position) + 0.1 * luck);
    });

  it("a strategy that needs a fifth has a speed-up of 5, inside its interval", () => {
    const { problems } = timeToReference([[runsAt(1, "reference"), runsAt(5, "fast")]], fine, 0, key);
    const { share } = problems[0]!.strategies[1]!;
    expect(1 / share.value).toBeGreaterThan(4);
    expect(1 / share.value).toBeLessThan(6);
    expect(share.interval!.low).toBeLessThan(1 / 5);
    expect(share.interval!.high).toBeGreaterThan(1 / 5);
    expect(share.interval!.high).toBeLessThan(1 / 2);
  });

  it("a strategy that does what the reference does is at 1, with certainty where it does so with the same luck", () => {
    const { problems } = timeToReference([[runsAt(1, "a"), runsAt(1, "a"), runsAt(1, "b")]], fine, 0, key);
    expect(problems[0]!.strategies[1]!.share).toEqual({ value: 1, interval: { low: 1, high: 1 } });
    const { low, high } = problems[0]!.strategies[2]!.share.interval!;
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
  });

  it("the interval reaches beyond the budget where the target is sometimes missed", () => {
    const { problems } = timeToReference([[runsAt(1, "reference"), runsAt(0.97, "slow")]], fine, 0, key);
    expect(problems[0]!.strategies[1]!.resource.interval!.high).toBe(infinity);
  });

  it("depends on the key only in its intervals", () => {
    const curves = [[runsAt(1, "reference", 12), runsAt(2, "fast", 12)]];
    const [one, again, other] = [key, key, root("other")].map((of) => timeToReference(curves, fine, 0, of));
    expect(again).toEqual(one);
    expect(other!.problems.map(({ strategies }) => strategies.map(({ resource }) => resource.value))).toEqual(
      one!.problems.map(({ strategies }) => strategies.map(({ resource }) => resource.value)),
    );
  });
});
