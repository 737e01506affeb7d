/** Workers that are threads of this process. */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { thrownText } from "@caviar-hpo/core/text";
import type { LinkEnd, OpenLink } from "./link.ts";
import { type OnOutput, passOn, tail } from "./output.ts";
import { type Delivery, deliver } from "./program/deliver.ts";
import type { ThreadData } from "./program/thread.ts";
import { threadFlags } from "./programs.ts";

/** @param program the file that a thread runs. @param objective the URL of the module. */
export function threadLinks(program: URL, objective: string, onOutput: OnOutput): OpenLink {
  return (environment, listener) => {
    const { port1: port, port2 } = new MessageChannel();
    const count = new Int32Array(new SharedArrayBuffer(4));
    const workerData: ThreadData = { objective, port: port2, count };
    const env = { ...process.env, ...environment };
    const thread = new Worker(program, { workerData, transferList: [port2], env, stdout: true, stderr: true, ...threadFlags });
    const last = tail();
    let end: LinkEnd | null = null;
    const hear = (delivery: unknown): void => {
      // The objective can reach the port, and post anything.
      const { text, bytes } = Object(delivery) as Delivery;
      listener.onMessage(text, bytes);
    };
    port.on("message", hear);
    thread.on("error", (error: unknown) => {
      const isLost = (Object(error) as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY";
      end = {
        kind: isLost ? "lost" : "exited",
        how: isLost ? "its end, because its memory was full" : `an uncaught error: ${thrownText(error)}`,
      };
    });
    const read = [passOn(thread.stdout, last, onOutput), passOn(thread.stderr, last, onOutput)];
    const exited = new Promise<number>((resolve) => thread.on("exit", resolve));
    const ended = exited.then(async (code): Promise<LinkEnd> => {
      await Promise.all(read);
      for (let left = receiveMessageOnPort(port); left !== undefined; left = receiveMessageOnPort(port)) hear(left.message);
      port.close();
      return end ?? { kind: "exited", how: `its exit with code ${code}${last.words()}` };
    });
    return {
      name: `thread ${thread.threadId}`,
      send: (text, bytes) => deliver(port, count, { text, bytes }),
      // A thread sends its checkpoints with their messages.
      take: () => null,
      close: () => deliver(port, count, { text: '{"kind":"end"}', bytes: null }),
      kill: () => void thread.terminate(),
      ended,
    };
  };
}
