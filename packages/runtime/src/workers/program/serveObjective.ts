/** The part of a worker that evaluates: it takes one job after another, and answers. It is the same in a thread and in a process. */
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Config, Json } from "@caviar-hpo/core";
import { thrownText } from "@caviar-hpo/core/text";
import { parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import type { ObjectiveFunction } from "@caviar-hpo/tune";
import type { AttemptOutcome } from "../executor.ts";
import { inlineExecutor } from "../inline.ts";
import { protocolVersion, type RunMessage, type ToWorker } from "../messages.ts";
import type { Delivery } from "./deliver.ts";
import { loadObjective } from "./loadObjective.ts";

/** How a worker speaks with its study. */
export type WorkerLine = {
  /** Deliveries come here. */
  readonly port: MessagePort;
  /** Counts the deliveries, so that a thread can wait for the next one although it blocks. */
  readonly count: Int32Array;
  send(text: string): void;
  /** Sends the message that `textOf` makes of the number of the checkpoint's file; null if the bytes go with the message. */
  sendCheckpoint(bytes: Uint8Array, textOf: (file: number | null) => string): void;
  /** The checkpoint of a job that has one. */
  checkpointOf(delivery: Delivery): Uint8Array | null;
};

/** Serves jobs until the study says that it ends. */
export async function serveObjective(url: string, line: WorkerLine): Promise<void> {
  const loaded = await loadObjective(url);
  if ("unusable" in loaded) line.send(stringifyWire({ kind: "unusable", why: loaded.unusable, error: loaded.error }));
  else {
    const worker: Worker = { line, objective: loaded.objective, current: null };
    line.port.on("message", (delivery: Delivery) => hear(worker, delivery));
    line.send(stringifyWire({ kind: "ready", protocol: protocolVersion }));
  }
}

type Worker = {
  readonly line: WorkerLine;
  readonly objective: ObjectiveFunction<Config, Uint8Array>;
  current: { readonly token: string; readonly controller: AbortController } | null;
};

/** Whether a measured job is still wanted, if the message is the answer to that; otherwise null. */
function hear(worker: Worker, delivery: Delivery): boolean | null {
  const message = parseWire(delivery.text) as unknown as ToWorker;
  switch (message.kind) {
    case "run":
      void run(worker, message as RunMessage, worker.line.checkpointOf(delivery));
      return null;
    case "answer":
      return message.wanted;
    case "cancel":
      if (worker.current?.token === message.token) worker.current.controller.abort();
      return null;
    case "end":
      return process.exit(0);
  }
}

async function run(worker: Worker, { token, job }: RunMessage, checkpoint: Uint8Array | null): Promise<void> {
  const { line } = worker;
  const controller = new AbortController();
  worker.current = { token, controller };
  const lease = { token, seconds: null };
  const outcome = await inlineExecutor(worker.objective).run(
    { ...job, lease, checkpoint },
    {
      signal: controller.signal,
      started: () => {},
      renew: () => true,
      measure: (result, fidelity) => {
        line.send(stringifyWire({ kind: "measured", token, fidelity, result } as Json));
        const wanted = awaitAnswer(worker);
        if (!wanted) controller.abort();
        return wanted;
      },
      save: (bytes, fidelity) => line.sendCheckpoint(bytes, (file) => stringifyWire({ kind: "saved", token, fidelity, file })),
    },
  );
  worker.current = null;
  line.send(textOf(token, outcome));
}

function textOf(token: string, outcome: AttemptOutcome): string {
  try {
    if (outcome.kind !== "finished") return stringifyWire(failureOf(token, outcome));
    const { result } = outcome as { readonly result: Json | undefined };
    return stringifyWire({ kind: "finished", token, ...(result === undefined ? {} : { result }) });
  } catch (thrown) {
    return stringifyWire(failureOf(token, { kind: "failed", thrown }));
  }
}

function failureOf(token: string, outcome: Exclude<AttemptOutcome, { readonly kind: "finished" }>): Json {
  const thrown = outcome.kind === "failed" ? outcome.thrown : outcome.kind === "lost" ? outcome.error : "preempted";
  return { kind: "failed", token, reason: outcome.kind, error: thrownText(thrown) };
}

/** Blocks the thread until the study has answered. Other messages are heard meanwhile. */
function awaitAnswer(worker: Worker): boolean {
  const { port, count } = worker.line;
  for (;;) {
    const seen = Atomics.load(count, 0);
    const received = receiveMessageOnPort(port) as { readonly message: Delivery } | undefined;
    if (received === undefined) Atomics.wait(count, 0, seen);
    else {
      const wanted = hear(worker, received.message);
      if (wanted !== null) return wanted;
    }
  }
}
