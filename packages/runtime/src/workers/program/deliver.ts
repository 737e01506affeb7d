/** Messages to the thread that evaluates, which may block while it waits for one. */
import type { MessagePort } from "node:worker_threads";

/** A message, and the checkpoint that comes with it between threads. */
export type Delivery = { readonly text: string; readonly bytes: Uint8Array | null };

/** @param count the number of deliveries. The worker waits for it to change. */
export function deliver(port: MessagePort, count: Int32Array, delivery: Delivery): void {
  port.postMessage(delivery);
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
}
