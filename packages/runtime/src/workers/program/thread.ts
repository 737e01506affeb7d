/** The program of a worker thread. */
import { type MessagePort, workerData } from "node:worker_threads";
import { serveObjective } from "./serveObjective.ts";

/** What a thread gets. */
export type ThreadData = { readonly objective: string; readonly port: MessagePort; readonly count: Int32Array };

const { objective, port, count } = workerData as ThreadData;
await serveObjective(objective, {
  port,
  count,
  send: (text) => port.postMessage({ text, bytes: null }),
  sendCheckpoint: (bytes, textOf) => port.postMessage({ text: textOf(null), bytes }),
  checkpointOf: ({ bytes }) => bytes,
});
