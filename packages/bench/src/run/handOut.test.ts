import { describe, expect, test } from "vitest";
import { cellsOf, tinyPlan } from "../../testing/plans.ts";
import type { CampaignCell } from "../plan/cells.ts";
import type { CellAnswer, CellWorker } from "./cellWorker.ts";
import { failureOf } from "./failure.ts";
import { handOut, type IndexedCell } from "./handOut.ts";

const cells: readonly IndexedCell[] = cellsOf(tinyPlan())
  .slice(0, 8)
  .map((cell, index) => ({ index, cell }));

const done: CellAnswer = { outcome: { end: { hash: "abc", fileHash: "def", spent: null, failed: null }, values: [1], training: null } };
const failed = (index: number): CellAnswer => ({ failure: failureOf(new Error(`cell ${index}`)) });

/** Workers that answer when told to, each to the cell it has. */
function workers(count: number): {
  readonly all: readonly CellWorker[];
  readonly has: (worker: number) => number;
  readonly answer: (worker: number, answer: CellAnswer) => Promise<void>;
} {
  const current = new Map<number, { readonly index: number; readonly resolve: (answer: CellAnswer) => void }>();
  const all = Array.from({ length: count }, (_, worker) => ({
    run: (cell: CampaignCell) =>
      new Promise<CellAnswer>((resolve) => current.set(worker, { index: cells.findIndex((one) => one.cell === cell), resolve })),
    close: async () => {},
  }));
  return {
    all,
    has: (worker) => current.get(worker)?.index ?? -1,
    answer: async (worker, answer) => {
      const { resolve } = current.get(worker)!;
      current.delete(worker);
      resolve(answer);
      await new Promise((turn) => setImmediate(turn));
    },
  };
}

describe("cells", () => {
  test("go in order to whichever worker is free, and each comes back once", async () => {
    const { all, has, answer } = workers(2);
    const outcomes: number[] = [];
    const end = handOut(cells, all, ({ index }) => outcomes.push(index));
    expect([has(0), has(1)]).toEqual([0, 1]);
    for (const expected of [2, 3, 4, 5]) {
      await answer(1, done);
      expect([has(0), has(1)]).toEqual([0, expected]);
    }
    await answer(0, done);
    expect([has(0), has(1)]).toEqual([6, 5]);
    await answer(0, done);
    await answer(0, done);
    await answer(1, done);
    expect(await end).toBeNull();
    expect(outcomes).toEqual([1, 2, 3, 4, 0, 6, 7, 5]);
  });

  test("need no worker if there are no cells", async () => {
    expect(await handOut([], [], () => {})).toBeNull();
  });
});

describe("after a failure", () => {
  test("no cell is handed out, and those under way are finished", async () => {
    const { all, has, answer } = workers(3);
    const outcomes: number[] = [];
    const end = handOut(cells, all, ({ index }) => outcomes.push(index));
    await answer(1, failed(1));
    await answer(0, done);
    expect([has(0), has(1), has(2)]).toEqual([-1, -1, 2]);
    await answer(2, done);
    expect((await end)?.cell).toBe(cells[1]!.cell);
    expect(outcomes).toEqual([0, 2]);
  });

  test("the failure of the earliest cell counts, whichever failed first", async () => {
    for (const order of [
      [1, 2, 0],
      [2, 1, 0],
      [2, 0, 1],
    ]) {
      const { all, answer } = workers(3);
      const end = handOut(cells, all, () => {});
      for (const worker of order) await answer(worker, worker === 0 ? done : failed(worker));
      expect((await end)?.cell).toBe(cells[1]!.cell);
      expect((await end)?.failure.cause.message).toBe("cell 1");
    }
  });
});

test("an error of the listener is the caller's", async () => {
  const { all, answer } = workers(1);
  const end = handOut(cells, all, () => {
    throw new RangeError("the listener's own");
  });
  const outcome = expect(end).rejects.toThrow("the listener's own");
  await answer(0, done);
  await outcome;
});
