/** What runs spent, and which of them failed and why. */
import { counted } from "@caviar-hpo/core/text";
import { ledger } from "../analysis/ledger.ts";
import { grouped, significant } from "../format.ts";
import type { CampaignResults, RunFailure, RunResult } from "../results.ts";
import { note, type PageBlock, prose, tableBlock } from "./block.ts";
import { nameCell, numberColumn, ofStrategy, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { type Phrase, separated } from "./phrase.ts";

/** How many kinds of failures a page lists. */
const mostListed = 50;
/** How many runs of a kind of failure a page names. */
const mostNamed = 4;

/** None if no run failed. */
export function failureBlocks(campaign: CampaignResults): readonly PageBlock[] {
  const failed = campaign.runs.filter(isFailed);
  if (failed.length === 0) return [];
  const kinds = failureKinds(failed);
  return [
    prose(
      `${counted(failed.length, "run")} of ${campaign.runs.length} failed. A failed run keeps the values that it had: its best value until then counts for the rest of the budget.`,
    ),
    tableBlock(failureRows(kinds.slice(0, mostListed))),
    ...(kinds.length <= mostListed ? [] : [note(`The table leaves out ${kinds.length - mostListed} more reasons.`)]),
  ];
}

type FailedRun = RunResult & { readonly failed: RunFailure };
/** Runs of one strategy that failed for one reason. */
type FailureKind = RunFailure & { readonly strategy: string; readonly runs: readonly FailedRun[] };

function isFailed(run: RunResult): run is FailedRun {
  return run.failed !== undefined;
}

/** The most frequent first. */
function failureKinds(failed: readonly FailedRun[]): readonly FailureKind[] {
  const kinds = new Map<string, FailedRun[]>();
  for (const run of failed) {
    const key = JSON.stringify([run.strategy, run.failed.kind, run.failed.message]);
    kinds.set(key, [...(kinds.get(key) ?? []), run]);
  }
  return [...kinds.values()]
    .map((runs) => ({ ...runs[0]!.failed, strategy: runs[0]!.strategy, runs }))
    .sort((a, b) => b.runs.length - a.runs.length);
}

const kindWords = { crashed: "crashed", timedOut: "timed out", refused: "refused" } as const;

function failureRows(kinds: readonly FailureKind[]): PageTable {
  return {
    columns: [textColumn("strategy"), textColumn("what happened"), textColumn("reason"), numberColumn("runs"), textColumn("where")],
    rows: kinds.map(({ strategy, kind, message, runs }) => [
      nameCell(strategy),
      plainCell(kindWords[kind]),
      nameCell(message),
      plainCell(String(runs.length)),
      { text: placesOf(runs) },
    ]),
  };
}

function placesOf(runs: readonly FailedRun[]): Phrase {
  const places = runs.slice(0, mostNamed).map(({ problem, seed }) => `${problem}, seed ${seed}`);
  const more = runs.length - places.length;
  return [...separated(places), ...(more > 0 ? [`; and ${more} more`] : [])];
}

/** One row per strategy whose runs say what they spent. */
export function budgetRows(campaign: CampaignResults): PageTable {
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("evaluations"),
      numberColumn("new resource"),
      numberColumn("resource from scratch"),
      numberColumn("simulated time, s"),
    ],
    rowParts: ledger(campaign).map(({ label }) => ofStrategy(label)),
    rows: ledger(campaign).map(({ label, sum }) => [
      nameCell(label),
      plainCell(grouped(sum.evaluations), sum.evaluations),
      ...[sum.resource, sum.scratch, sum.time].map((one) => plainCell(amount(one), one)),
    ]),
  };
}

/** Whole numbers and large ones to the unit, others with four digits. */
function amount(value: number): string {
  if (value === 0) return "0";
  return Number.isInteger(value) || (value >= 1000 && value < 1e9) ? grouped(Math.round(value)) : significant(value, 4);
}
