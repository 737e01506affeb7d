/**
 * The program of a worker process: `node process.js OBJECTIVE FOLDER BEAT_MS`. It writes its messages to file descriptor 4. A thread of its
 * own, `keeper.ts`, has descriptor 3: there the study's messages come in, and signs of life go out although the objective blocks.
 */
import { Buffer } from "node:buffer";
import { readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { thrownText } from "@caviar-hpo/core/text";
import { stringifyWire } from "@caviar-hpo/core/wire";
import { loadFile, savedFile } from "../messages.ts";
import type { KeeperData } from "./keeper.ts";
import { serveObjective } from "./serveObjective.ts";

const [objective, folder, beatMs] = process.argv.slice(2) as [string, string, string];
const { port1: port, port2 } = new MessageChannel();
const count = new Int32Array(new SharedArrayBuffer(4));
const keeperData: KeeperData = { port: port2, count, beatMs: Number(beatMs) };
new Worker(new URL("./keeper.js", import.meta.url), { workerData: keeperData, transferList: [port2] });

function send(text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) at += writeSync(4, bytes, at);
}

process.on("uncaughtExceptionMonitor", (error) => send(stringifyWire({ kind: "uncaught", error: thrownText(error) })));

let saved = 0;

await serveObjective(objective, {
  port,
  count,
  send,
  sendCheckpoint: (bytes, textOf) => {
    const file = saved++;
    // A worker that is killed meanwhile leaves no half of a checkpoint under this name.
    writeFileSync(join(folder, "saving"), bytes);
    renameSync(join(folder, "saving"), join(folder, savedFile(file)));
    send(textOf(file));
  },
  checkpointOf: ({ text }) => (JSON.parse(text).hasCheckpoint === true ? new Uint8Array(readFileSync(join(folder, loadFile))) : null),
});
