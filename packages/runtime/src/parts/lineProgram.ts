/**
 * A program that answers each line on its standard input by a line on its standard output, for code that waits for the answer. The runs of
 * a campaign are such code. A thread of this module starts the programs and speaks with them, and the caller's thread sleeps meanwhile. A
 * caller's thread has one such thread for all its programs.
 *
 * A program runs without a shell, in a process group of its own, with the environment that it is given and no other. Its group ends with
 * `close`, and at the latest with this process, however that ends.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { ExternalError } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import { programFile, threadFlags } from "../workers/programs.ts";
import type { FromLineThread, LineThreadData, ProgramStart, ToLineThread } from "./lineThread.ts";

export type ProgramSettings = ProgramStart & {
  /** How errors call it, for instance `strategy "optuna-tpe"`. */
  readonly title: string;
};

export type LineProgram = {
  /**
   * Sends a line and waits for the next line that the program prints.
   *
   * @throws ExternalError with the code "exited", "timeout" or "noMessage". The program is then closed.
   */
  ask(line: string, timeoutSeconds: number): string;
  /** Ends the program. Returns once no process of its group is left. */
  close(): void;
};

/** Starts a program. If it cannot be started, the first question says so. */
export function startLineProgram({ title, ...start }: ProgramSettings): LineProgram {
  const thread = lineThread();
  const id = thread.started;
  thread.started++;
  say(thread, { kind: "start", id, start });
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    say(thread, { kind: "close", id });
    waitFor(thread, id, (reply) => reply.kind === "closed", mostClosingSeconds);
    thread.replies.delete(id);
  };
  return {
    ask: (line, timeoutSeconds) => {
      if (!open) throw faultOf(title, "exited", "an open program", "one that was closed", "Start it again.");
      say(thread, { kind: "ask", id, line });
      const reply = waitFor(thread, id, () => true, timeoutSeconds);
      if (reply?.kind === "line") return reply.text;
      close();
      throw reply === null ? tooLate(title, timeoutSeconds) : noLine(title, reply);
    },
    close,
  };
}

/** More than the thread needs to end a program by force. */
const mostClosingSeconds = 30;

type LineThread = {
  readonly port: MessagePort;
  /** Counts the replies, so that the caller can sleep until the next one. */
  readonly count: Int32Array;
  /** Replies by program that have not been taken yet. */
  readonly replies: Map<number, FromLineThread[]>;
  /** How many programs it has started. */
  started: number;
};

let known: LineThread | null = null;

/** The thread of this thread. It keeps no process alive. */
function lineThread(): LineThread {
  if (known !== null) return known;
  const { port1: port, port2 } = new MessageChannel();
  const count = new Int32Array(new SharedArrayBuffer(4));
  const workerData: LineThreadData = { port: port2, count };
  new Worker(programFile("line"), { workerData, transferList: [port2], ...threadFlags }).unref();
  port.unref();
  known = { port, count, replies: new Map(), started: 0 };
  return known;
}

function say({ port }: LineThread, message: ToLineThread): void {
  port.postMessage(message);
}

/** The first reply about a program that `wanted` accepts, others are dropped; null if there is none in time. */
function waitFor(thread: LineThread, id: number, wanted: (reply: FromLineThread) => boolean, seconds: number): FromLineThread | null {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const seen = Atomics.load(thread.count, 0);
    receive(thread);
    for (let reply = thread.replies.get(id)?.shift(); reply !== undefined; reply = thread.replies.get(id)?.shift()) {
      if (wanted(reply)) return reply;
    }
    const leftMs = until - performance.now();
    if (leftMs <= 0) return null;
    Atomics.wait(thread.count, 0, seen, leftMs);
  }
}

function receive({ port, replies }: LineThread): void {
  for (let received = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
    const reply = (received as { readonly message: FromLineThread }).message;
    const earlier = replies.get(reply.id);
    if (earlier === undefined) replies.set(reply.id, [reply]);
    else earlier.push(reply);
  }
}

function tooLate(title: string, timeoutSeconds: number): ExternalError {
  return faultOf(title, "timeout", `an answer within ${counted(timeoutSeconds, "second")}`, "none", "Give it more time by timeoutSeconds.");
}

function noLine(title: string, reply: Exclude<FromLineThread, { readonly kind: "line" }>): ExternalError {
  if (reply.kind === "fault") return faultOf(title, "noMessage", "an answer of one line", reply.error, "Print nothing else.");
  return faultOf(title, "exited", "an answer", reply.kind === "ended" ? reply.how : "its end", "Correct the program.");
}

function faultOf(what: string, code: string, expected: string, got: string, remedy: string): ExternalError {
  return new ExternalError({ code, what, expected, got, remedy });
}
