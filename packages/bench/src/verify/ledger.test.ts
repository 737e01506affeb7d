import { describe, expect, it } from "vitest";
import { numberAt, numbersIn, withNumber } from "../../testing/forgery.ts";
import { cellOf, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import type { Arena } from "../arena/arena.ts";
import { openArena } from "../arena/arenas.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { run } from "../run/run.ts";
import type { RecordLine } from "../run/transcript.ts";
import { type EndedRecord, ledgerOf } from "./ledger.ts";
import { recompute } from "./recompute.ts";

type Done = EndedRecord & { readonly cell: CampaignCell; readonly arena: Arena };

function done(cell: CampaignCell): Done {
  const arena = openArena(cell.arena, new Map());
  const { lines, spent, failed } = run({ cell, arena: () => arena, recorded: [], onLine: () => {} });
  return { cell, arena, lines, end: { hash: "", fileHash: "", spent, failed } };
}

const points = tinyPlan();
const training = tinyTrainingPlan();
const runs = [
  done(cellOf(points, "coarseToFine", "branin")),
  done(cellOf(points, "random x2", "bbob-f8-d5-i{seed}")),
  done(cellOf(training, "asha", "curves-diverging-branin")),
  done(cellOf(training, "asha", "mf-hartmann3-good")),
  done(cellOf(training, "random", "counting-ones-c2-r2")),
].map((one) => [`${one.cell.name.strategy} on ${one.cell.name.problem}`, one] as const);

/** Whether the lines alone show that they are those of an honest run. */
function passes({ cell, arena, ...honest }: Done, change: Partial<EndedRecord>): boolean {
  const record = { ...honest, ...change };
  return recompute(record.lines, arena).length === 0 && ledgerOf(record, cell.budget, arena).addsUp;
}

describe.each(runs)("the ledger of %s", (_name, one) => {
  const { cell, arena, lines } = one;

  it("adds up, and its values come out again", () => {
    const ledger = ledgerOf(one, cell.budget, arena);
    expect(ledger.addsUp).toBe(true);
    expect(ledger.spent).toBeLessThan(ledger.bound);
    expect(recompute(lines, arena)).toEqual([]);
  });

  it("does not pass with any single number changed that changes a value, a trial or what was spent", () => {
    const places = lines.flatMap((line, index) =>
      (isSensitive(cell, line) ? numbersIn(line) : numbersIn(without(line, "config"))).map((place) => ({ index, place })),
    );
    const missed = evenly(places, 40).filter(({ index, place }) => {
      const number = numberAt(lines[index], place);
      const changed = withNumber(lines[index]!, place, changedNumber(number));
      return passes(one, { lines: replaced(lines, index, 1, changed) });
    });
    expect(missed).toEqual([]);
  });

  it("does not pass with any of its costs changed", () => {
    const { end } = one;
    for (const place of numbersIn(end)) expect(passes(one, { end: withNumber(end, place, numberAt(end, place) + 1) })).toBe(false);
  });

  it("does not pass with a line doubled", () => {
    const indices = evenly([...lines.keys()], 15);
    expect(indices.filter((index) => passes(one, { lines: replaced(lines, index, 1, lines[index]!, lines[index]!) }))).toEqual([]);
  });
});

it("an honest run of hyperband does not add up, because some of its jobs have two lines", () => {
  const one = done(cellOf(training, "hyperband", "curves-diverging-branin"));
  expect(ledgerOf(one, one.cell.budget, one.arena).addsUp).toBe(false);
  expect(recompute(one.lines, one.arena)).toEqual([]);
});

it("a run of points without one of them does not add up, because the budget is not spent", () => {
  const [, one] = runs[0]!;
  for (const index of one.lines.keys()) expect(passes(one, { lines: replaced(one.lines, index, 1) })).toBe(false);
});

function changedNumber(number: number): number {
  if (!Number.isFinite(number)) return 0.5;
  return Number.isInteger(number) ? number + 1 : number * (1 + 1e-9);
}

/** Whether a small change of a configuration changes its value: not if it diverged, and not for samples of Bernoulli variables. */
function isSensitive({ name }: CampaignCell, line: RecordLine): boolean {
  return !("config" in line) || (Number.isFinite(line.told) && !name.problem.startsWith("counting-ones"));
}

function without(line: RecordLine, key: string): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => name !== key));
}

/** At most `count` of a list, from all over it. */
function evenly<T>(list: readonly T[], count: number): readonly T[] {
  const stride = Math.ceil(list.length / count);
  return list.filter((_, index) => index % stride === 0);
}

function replaced<T>(list: readonly T[], at: number, count: number, ...others: readonly T[]): readonly T[] {
  return [...list.slice(0, at), ...others, ...list.slice(at + count)];
}
