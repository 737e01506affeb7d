/** Checks each run of a campaign against its record: its hashes, its values, and what it spent. */
import { basename, dirname, join } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import type { Disk } from "@caviar-hpo/runtime/disk";
import { findStrategy } from "@caviar-hpo/tune";
import type { Arena } from "../arena/arena.ts";
import { partOf } from "../arena/arenaSpec.ts";
import type { LoadedTasks } from "../arena/arenas.ts";
import { cardOf } from "../parts/openStrategy.ts";
import type { ProblemPart, StrategyPart } from "../parts/part.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";
import type { CampaignCell, CampaignCells } from "../plan/cells.ts";
import { headOf, type RunRecord, readRecord, recordPath } from "../record/record.ts";
import { type EndedRecord, ledgerOf } from "./ledger.ts";
import { dataCollector, type ManifestData } from "./manifest.ts";
import type { OtherVersion } from "./otherVersions.ts";
import { recompute } from "./recompute.ts";
import { repeat } from "./repeat.ts";

/** Something that is not as it should be, and where. */
export type CampaignFault = { readonly what: string; readonly expected: string; readonly got: string };

export type VerifiedFolder = {
  /** A checked one, with the archive. */
  readonly disk: Disk;
  readonly folder: string;
  readonly planHash: string;
  readonly cells: CampaignCells;
  readonly arenaOf: (cell: CampaignCell) => Arena;
  readonly tasks: LoadedTasks;
  readonly parts: PartsAtHand;
  readonly otherVersions: readonly OtherVersion[];
};

export type CheckedRuns = {
  /**
   * The places of the runs that have ended and can be run again here: they need no code that may not be run, and no other version of a
   * strategy.
   */
  readonly repeatable: readonly number[];
  /**
   * Of these, the ones that are to be run again in any case: those whose costs do not follow from their lines, and those that are as cheap
   * to run as to check, because their strategies compute nothing from measurements and their problems are formulas or tables.
   */
  readonly always: readonly number[];
  /** How many runs have values or costs that only code could confirm that may not be run. */
  readonly unchecked: number;
  readonly measurements: number;
  readonly recomputed: number;
  /** What a manifest should say. */
  readonly data: ManifestData;
  readonly faults: readonly CampaignFault[];
};

/** @param isExpected whether a cell should have a run here; `onRun` is called after each cell. */
export function checkRuns(site: VerifiedFolder, isExpected: (index: number) => boolean, onRun: (done: number) => void): CheckedRuns {
  const { disk, folder, planHash, cells } = site;
  const [repeatable, always, faults]: [number[], number[], CampaignFault[]] = [[], [], []];
  const data = dataCollector(planHash, cells.count);
  const foreign = new Set(site.otherVersions.map(({ strategy }) => strategy));
  let [measurements, recomputed, unchecked] = [0, 0, 0];
  for (let index = 0; index < cells.count; index++) {
    const cell = cells.at(index);
    const path = recordPath(folder, cell.name);
    const record = faultless(faults, () => readRecord(disk, path, headOf(planHash, cell.name)));
    onRun(index + 1);
    if (record === undefined || (record === null && !isExpected(index))) continue;
    if (!isEnded(record)) {
      faults.push({ what: path, expected: "a run that has ended", got: record === null ? "no file" : "a record without an end line" });
      continue;
    }
    data.add(cell.name, record.end);
    const checked = checkRun(cell, record, site.arenaOf(cell));
    faults.push(...checked.faults.map((fault) => ({ ...fault, what: `${path}${fault.what}` })));
    const isOpen = !isClosed(cell.strategy.part) && !isClosed(partOf(cell.arena));
    const isRepeatable = isOpen && !foreign.has(cell.name.strategy);
    if (isRepeatable) repeatable.push(index);
    if (isRepeatable && (!checked.addsUp || isCheap(cell, site.parts))) always.push(index);
    if (isClosed(partOf(cell.arena)) || (!isOpen && !checked.addsUp)) unchecked++;
    measurements += checked.measurements;
    if (checked.isComputable) recomputed += checked.measurements;
  }
  return { repeatable, always, unchecked, measurements, recomputed, data: data.data(), faults };
}

/** What went wrong with a file becomes a fault. undefined if something did. @throws whatever is no damage, such as an error of the disk. */
export function faultless<T>(faults: CampaignFault[], act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof JournalError) || error.code === "diskFailed") throw error;
    const { what, expected, got } = error;
    faults.push({ what, expected, got });
    return undefined;
  }
}

function isEnded(record: RunRecord | null): record is RunRecord & EndedRecord {
  return record !== null && record.end !== null;
}

type CheckedRun = {
  readonly measurements: number;
  /** Whether values can be computed from points alone. */
  readonly isComputable: boolean;
  readonly addsUp: boolean;
  readonly faults: readonly CampaignFault[];
};

function checkRun({ arena: spec, budget }: CampaignCell, record: EndedRecord, arena: Arena): CheckedRun {
  const isComputable = spec.kind !== "task" && !isClosed(partOf(spec));
  const { measurements, spent, bound, addsUp } = ledgerOf(record, budget, arena);
  const wrong = isComputable ? recompute(record.lines, arena) : [];
  const faults = wrong.map(({ line, expected, got }) => ({ what: `, line ${line + 2}`, expected, got }));
  if (spent >= bound) faults.push({ what: "", expected: `costs of less than ${bound}`, got: `${spent}` });
  return { measurements, isComputable, addsUp, faults };
}

/** Whether a run costs hardly more than its measurements: of a formula or a table, by a strategy whose points do not depend on them. */
function isCheap({ arena, strategy }: CampaignCell, parts: PartsAtHand): boolean {
  if (arena.kind !== "points" && arena.kind !== "training") return false;
  const card = cardOf(strategy, parts);
  return card !== null && !(typeof card === "string" ? findStrategy(card) : card).adaptive;
}

/** Whether a part is code that may not be run. */
function isClosed(part: StrategyPart | ProblemPart | null | undefined): boolean {
  return part?.kind === "closed";
}

/** Runs a cell again. */
export function repeatRun({ disk, folder, planHash, cells, arenaOf, parts }: VerifiedFolder, index: number): readonly CampaignFault[] {
  const cell = cells.at(index);
  const path = recordPath(folder, cell.name);
  const record = readRecord(disk, path, headOf(planHash, cell.name));
  const fault = isEnded(record) ? repeat({ cell, arena: arenaOf(cell), parts }, record) : null;
  return fault === null ? [] : [{ ...fault, what: `${path}, line ${fault.line + 2}, if the run is made again` }];
}

/** Files and folders below `runs/` that belong to no run of the plan. */
export function strangers({ disk, folder, cells }: VerifiedFolder): readonly CampaignFault[] {
  const { problems, strategies } = cells;
  const runs = join(folder, "runs");
  const folderOf = (problem: string, strategy: string): string => dirname(recordPath(folder, { problem, strategy, seed: 0 }));
  const known = new Set(problems.map((problem) => basename(dirname(folderOf(problem, strategies[0]!)))));
  const found = disk
    .list(runs)
    .filter((name) => !known.has(name))
    .map((name) => join(runs, name));
  const knownStrategies = new Set(strategies.map((strategy) => basename(folderOf(problems[0]!, strategy))));
  for (const problem of problems) {
    const above = dirname(folderOf(problem, strategies[0]!));
    found.push(
      ...disk
        .list(above)
        .filter((name) => !knownStrategies.has(name))
        .map((name) => join(above, name)),
    );
    for (const strategy of strategies) {
      const own = folderOf(problem, strategy);
      const isOwn = (name: string): boolean =>
        /^(?:0|[1-9]\d*)\.jsonl$/.test(name) && cells.indexOf({ problem, strategy, seed: Number.parseInt(name, 10) }) >= 0;
      found.push(
        ...disk
          .list(own)
          .filter((name) => !isOwn(name))
          .map((name) => join(own, name)),
      );
    }
  }
  return found.map((what) => ({ what, expected: "nothing but runs of the plan", got: "another file or folder" }));
}
