/** What a thread of a campaign runs: it answers task after task, until the campaign ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { loadTasks } from "./arenas.ts";
import { answerer } from "./cellWorker.ts";
import type { Site, Task } from "./runCell.ts";

const site = workerData as Site;
const answer = answerer(site, await loadTasks(site.plan));
parentPort?.on("message", (task: Task) => parentPort?.postMessage(answer(task)));
