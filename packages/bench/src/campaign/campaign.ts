/**
 * A campaign: all runs of a plan. The runs are recorded in a folder. A campaign continues where an earlier attempt stopped. It has three
 * steps: it is prepared (`prepareCampaign.ts`), its runs are made in its folder (`runInFolder.ts`), and the runs become results.
 */
import type { CampaignResults } from "@caviar-hpo/report";
import { nodeDisk, thisMachine } from "@caviar-hpo/runtime/disk";
import type { CellName } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { runResult } from "../run/cellOutcome.ts";
import { readTimes, timesPath, type WatchedRun } from "../run/cellTimes.ts";
import { clockMs } from "../run/runCell.ts";
import { problemFacts } from "./campaignCards.ts";
import { campaignDisk } from "./campaignFolder.ts";
import { type CampaignOptions, readCampaignOptions } from "./campaignOptions.ts";
import { failedRuns } from "./notices.ts";
import { type PreparedCampaign, prepareCampaign } from "./prepareCampaign.ts";
import { type CampaignSeams, type FolderRuns, runInFolder } from "./runInFolder.ts";

/**
 * Runs the cells that are missing, and gathers all results. What a strategy or a problem throws is a failure of its run: it is recorded,
 * and the campaign continues.
 *
 * @param folder holds the records; an earlier attempt continues there.
 * @throws ConfigError for an unknown option, and if the plan names an unknown strategy, option or problem; nothing is written in this case.
 * StateError "campaignLocked" if another process runs a campaign in the folder. JournalError "otherPlan" for the folder of another plan,
 * "corrupt" for damaged records, "oldFormat" for an unfinished campaign of format 1, "diverged" if a run asks for something else than was
 * recorded, "diskFailed" for errors of the disk. The runs that are under way finish first, and the folder can be continued.
 */
export function runCampaign(plan: Plan, folder: string, options: CampaignOptions): Promise<CampaignResults> {
  return runCampaignOn({ disk: nodeDisk, machine: thisMachine(), clockMs }, plan, folder, options);
}

/** As `runCampaign`, on another disk or machine. Threads have their own, so with other seams a campaign needs `workers` 1. */
export async function runCampaignOn(seams: CampaignSeams, plan: Plan, folder: string, options: CampaignOptions): Promise<CampaignResults> {
  const order = readCampaignOptions(options);
  const { onSchedules = () => {}, onNotice = () => {}, times = false } = order;
  const site = { ...seams, disk: campaignDisk(seams.disk), folder };
  const campaign = await prepareCampaign(plan, site, order);
  try {
    onSchedules(campaign.schedules);
    campaign.notices.forEach(onNotice);
    const results = gathered(campaign, await runInFolder(site, campaign, order), order.command, (cell) =>
      times ? readTimes(site.disk, timesPath(folder, cell)) : null,
    );
    const failed = results.runs.filter((run) => run.failed !== undefined);
    if (failed.length > 0) onNotice(failedRuns(failed, results.runs.length));
    return results;
  } finally {
    campaign.ready.close();
  }
}

function gathered(
  campaign: PreparedCampaign,
  { outcomes, dataHash, anchors, origin, timelines }: FolderRuns,
  command: string,
  watched: (cell: CellName) => WatchedRun | null,
): CampaignResults {
  const { facts, units } = campaign.resolved;
  const contracts = new Map(campaign.problems.map(({ id, arena }) => [id, arena.problem]));
  return {
    ...facts,
    ...(facts.resource !== undefined && { schedules: campaign.schedules }),
    dataHash,
    command,
    origin,
    ...(timelines.length > 0 && { timelines }),
    strategies: campaign.cards,
    problems: campaign.problems.map((problem) => ({ ...problemFacts(problem, units), ...anchors(problem.id) })),
    runs: Array.from(campaign.cells, (cell, index) => ({
      ...runResult(cell, outcomes.get(index)!, contracts.get(cell.name.problem)!),
      ...watched(cell.name),
    })),
  };
}
