/** The program of a campaign's thread: it runs cell after cell, until the campaign ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { lockAt, nodeDisk } from "@caviar-hpo/runtime/disk";
import { loadTasks } from "../arena/arenas.ts";
import { campaignDisk, lockChecker } from "../campaign/campaignFolder.ts";
import { loadParts } from "../parts/partsAtHand.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { answerer } from "./cellWorker.ts";
import { type CampaignSite, clockMs } from "./runCell.ts";

const site = workerData as CampaignSite;
const disk = campaignDisk(nodeDisk);
const checkHeld = lockChecker(site.folder, lockAt(disk, site.lockPath));
const [tasks, parts] = [await loadTasks(site.taskNames), await loadParts(site.parts)];
const answer = answerer(site, { disk, tasks, parts, checkHeld, clockMs });
parentPort?.on("message", (cell: CampaignCell) => parentPort?.postMessage(answer(cell)));
