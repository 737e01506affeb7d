/**
 * The thread of a worker process that stays awake. It passes the study's messages on, says that the process is alive, and ends the process
 * if the study is gone.
 */
import { Socket } from "node:net";
import { type MessagePort, workerData } from "node:worker_threads";
import { deliver } from "./deliver.ts";

/** What the thread gets. */
export type KeeperData = { readonly port: MessagePort; readonly count: Int32Array; readonly beatMs: number };

const { port, count, beatMs } = workerData as KeeperData;
/** The objective has so long to hear that the study is gone. */
const graceMs = 1000;

const socket = new Socket({ fd: 3, readable: true, writable: true });
let rest = "";
socket.setEncoding("utf8");
socket.on("data", (text: string) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop()!;
  for (const line of lines) deliver(port, count, { text: line, bytes: null });
});
socket.on("error", () => {});
socket.on("close", () => {
  deliver(port, count, { text: '{"kind":"end"}', bytes: null });
  setTimeout(() => process.kill(process.platform === "win32" ? process.pid : -process.pid, "SIGKILL"), graceMs);
});
setInterval(() => socket.write("\n"), beatMs);
