/** What a thread of a campaign runs: it answers task after task, until the campaign ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { answerer } from "./cellWorker.ts";
import type { Site, Task } from "./runCell.ts";

const answer = answerer(workerData as Site);
parentPort?.on("message", (task: Task) => parentPort?.postMessage(answer(task)));
