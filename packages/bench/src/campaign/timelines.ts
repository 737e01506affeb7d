/**
 * What a run of each strategy trained, in order, for the timeline of the report: the runs on the plan's first problem with its first seed.
 * So no result decides which runs are shown.
 */
import type { Problem } from "@caviar-hpo/core";
import type { CampaignResults } from "@caviar-hpo/report";
import type { Disk } from "@caviar-hpo/runtime/disk";
import type { TrainingLine } from "../arena/arena.ts";
import type { CampaignCells } from "../plan/cells.ts";
import { headOf, readRecord, recordPath } from "../record/record.ts";
import { toldIn } from "../run/transcript.ts";
import type { CampaignProblem } from "./campaignCards.ts";

type Timelines = NonNullable<CampaignResults["timelines"]>;

type TimelineInputs = {
  readonly disk: Disk;
  readonly folder: string;
  readonly planHash: string;
  readonly cells: CampaignCells;
  readonly problems: readonly CampaignProblem[];
};

/** None where evaluations are counted. Runs that are not there are left out. */
export function timelinesIn({ disk, folder, planHash, cells, problems }: TimelineInputs): Timelines {
  const [{ arena, spec } = { arena: null, spec: null }] = problems;
  if (arena === null || arena.problem.fidelity === null) return [];
  return cells.strategies.flatMap((strategy) => {
    const name = { problem: spec.problem, strategy, seed: spec.seed };
    const record = readRecord(disk, recordPath(folder, name), headOf(planHash, name));
    if (record === null) return [];
    const lines = record.lines.flatMap((line) => ("resource" in line ? [line] : []));
    return [{ ...name, trainings: trainingsIn(lines, arena.problem) }];
  });
}

function trainingsIn(lines: readonly TrainingLine[], { fidelity, resumable }: Problem): Timelines[number]["trainings"] {
  const max = fidelity!.max;
  const reached = new Map<number, number>();
  return lines.map((line) => {
    const from = reached.get(line.trial) ?? 0;
    reached.set(line.trial, line.fidelity);
    const added = (line.fidelity - (resumable ? from : 0)) / max;
    return { trial: line.trial, from, until: line.fidelity, added, spent: line.resource / max, failed: !Number.isFinite(toldIn(line)) };
  });
}
