/** The program of a campaign's thread: it runs cell after cell, until the campaign ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { loadTasks } from "../arena/arenas.ts";
import { loadParts } from "../parts/partsAtHand.ts";
import { answerer } from "./cellWorker.ts";
import type { CampaignSite, UnfinishedCell } from "./runCell.ts";

const site = workerData as CampaignSite;
const answer = answerer(site, await loadTasks(site.taskNames), await loadParts(site.parts));
parentPort?.on("message", (unfinished: UnfinishedCell) => parentPort?.postMessage(answer(unfinished)));
