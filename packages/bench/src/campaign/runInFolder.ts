/**
 * Makes the runs of a campaign in its folder. One process at a time works there. It reads the runs that are there, makes the missing ones,
 * and says in the manifest what the folder holds.
 */
import { show } from "@caviar-hpo/core/text";
import type { CampaignOrigin, CampaignResults } from "@caviar-hpo/report";
import type { Seams } from "@caviar-hpo/runtime/disk";
import { partOf } from "../arena/arenaSpec.ts";
import { notAllowed } from "../parts/partsAtHand.ts";
import { keepSavedParts } from "../parts/savedParts.ts";
import type { CampaignCells } from "../plan/cells.ts";
import { sha256 } from "../record/canonical.ts";
import type { CellOutcome } from "../run/cellOutcome.ts";
import { type KeptRecords, readKept, withoutFailed } from "../run/keptRecords.ts";
import { arenaOpener, type CellSeams } from "../run/runCell.ts";
import { runCells } from "../run/runCells.ts";
import { withArchive } from "../verify/archiveDisk.ts";
import { dataIn, manifestOf, openManifest, writeManifest } from "../verify/manifest.ts";
import { merkleRoot } from "../verify/merkle.ts";
import { type AnchorFacts, anchoredSpecs, anchorsIn } from "./anchors.ts";
import { checkPlan, clearRuns, lockCampaign, lockChecker, readHead, writeHead } from "./campaignFolder.ts";
import type { CampaignOptions } from "./campaignOptions.ts";
import { tornRecords } from "./notices.ts";
import { originOf } from "./origin.ts";
import type { PreparedCampaign } from "./prepareCampaign.ts";
import { timelinesIn } from "./timelines.ts";

/** What a campaign stands on. Tests replace it. */
export type CampaignSeams = Seams & Pick<CellSeams, "clockMs">;

export type FolderRuns = {
  /** By the place in the order of the campaign's cells. */
  readonly outcomes: ReadonlyMap<number, CellOutcome>;
  readonly dataHash: string;
  readonly anchors: (problem: string) => AnchorFacts;
  readonly origin: CampaignOrigin;
  readonly timelines: NonNullable<CampaignResults["timelines"]>;
};

/** @param site the folder on a checked disk. */
export async function runInFolder(
  site: CampaignSeams & { readonly folder: string },
  campaign: PreparedCampaign,
  order: CampaignOptions,
): Promise<FolderRuns> {
  const { folder, machine, clockMs } = site;
  const { plan, resolved, cells, tasks, ready, toSave, workers } = campaign;
  const { facts, taskNames } = resolved;
  const { command, fresh = false, retryFailed = false, onProgress = () => {}, onNotice = () => {} } = order;
  const { planHash } = facts;
  const lock = await lockCampaign(site.disk, folder, machine);
  try {
    if (fresh) clearRuns(site.disk, folder);
    else checkPlan(site.disk, folder, planHash);
    const disk = withArchive(site.disk, folder);
    const found = readKept(disk, cells, { folder, planHash }, arenaOpener(tasks, ready.parts));
    if (found.torn.length > 0) onNotice(tornRecords(found.torn));
    const kept = retryFailed ? withoutFailed(disk, cells, found, folder) : found;
    if (resolved.isClosed) checkClosed(cells, kept, folder);
    const isWork = kept.finished.size < cells.count;
    // Only what begins a campaign says who does it, and when. What a head says already stays.
    const { authors, day } = { ...(isWork ? order : {}), ...(fresh ? null : readHead(site.disk, folder)) };
    const given = { command, planHash, ...(authors && { authors }), ...(day && { day }) };
    const head = kept.old ? given : writeHead(disk, folder, plan, given);
    if (!kept.old) keepSavedParts(disk, folder, toSave, isWork);
    const manifest = openManifest(disk, folder, isWork ? order : {});
    if (isWork) writeManifest(disk, folder, manifest);
    const outcomes = await runCells({
      cells,
      kept,
      site: { folder, planHash, taskNames, parts: ready.site, lockPath: lock.path },
      seams: { disk, tasks, parts: ready.parts, checkHeld: lockChecker(folder, lock), clockMs },
      workers,
      onProgress,
    });
    const known = new Map([...outcomes].map(([index, { end }]) => [resolved.cells.indexOf(cells.at(index).name), end]));
    if (!kept.old) writeManifest(disk, folder, manifestOf(dataIn(disk, folder, resolved.cells, planHash, known), manifest));
    const specs = order.shard === undefined ? anchoredSpecs(cells, tasks, ready.parts) : [];
    const anchors = anchorsIn({ disk, folder, planHash, readOnly: kept.old }, specs);
    const timelines = order.shard === undefined ? timelinesIn({ disk, folder, planHash, cells, problems: campaign.problems }) : [];
    const origin = originOf(head, manifest.environments);
    return { outcomes, dataHash: dataHashOf(outcomes, cells.count, kept.old), anchors, origin, timelines };
  } finally {
    lock.release();
  }
}

/** @throws ConfigError if a run is missing whose code may not be run. */
function checkClosed(cells: CampaignCells, { finished }: KeptRecords, folder: string): void {
  for (let index = 0; index < cells.count; index++) {
    if (finished.has(index)) continue;
    const { arena, strategy, name } = cells.at(index);
    if (strategy.part?.kind === "closed" || partOf(arena)?.kind === "closed")
      notAllowed(`campaign ${folder}, the run of ${show(name.strategy)} on ${show(name.problem)} with seed ${name.seed}`);
  }
}

/** @param old whether the records are of format 1, whose hashes were hashed as a list. */
function dataHashOf(outcomes: ReadonlyMap<number, CellOutcome>, count: number, old: boolean): string {
  const hashes = Array.from({ length: count }, (_, index) => outcomes.get(index)!.end.hash);
  return old ? sha256(hashes.join("\n")) : merkleRoot(hashes);
}
