/** The thread that starts programs and speaks with them, while the thread that asks them sleeps: the other half of `lineProgram.ts`. */
import type { Readable } from "node:stream";
import { type MessagePort, workerData } from "node:worker_threads";
import { CaviarError } from "@caviar-hpo/core";
import { linesOf } from "../rpc/lines.ts";
import { startGuard } from "../workers/guard.ts";
import { limits } from "../workers/limits.ts";
import { passOn, type Tail, tail } from "../workers/output.ts";
import { type ProcessEnd, type ProcessGroup, startGroup } from "../workers/processGroup.ts";

/** What is started: the program with its arguments, its folder, and its whole environment. */
export type ProgramStart = {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: { readonly [name: string]: string };
};

export type ToLineThread =
  | { readonly kind: "start"; readonly id: number; readonly start: ProgramStart }
  | { readonly kind: "ask"; readonly id: number; readonly line: string }
  | { readonly kind: "close"; readonly id: number };

/** `fault`: what it printed is no line. `ended`: it has ended without an answer. `closed`: nothing of its group is running. */
export type FromLineThread =
  | { readonly kind: "line"; readonly id: number; readonly text: string }
  | { readonly kind: "fault"; readonly id: number; readonly error: string }
  | { readonly kind: "ended"; readonly id: number; readonly how: string }
  | { readonly kind: "closed"; readonly id: number };

/** What the thread gets. */
export type LineThreadData = { readonly port: MessagePort; readonly count: Int32Array };

type RunningProgram = { readonly group: ProcessGroup; readonly lines: AsyncGenerator<string | CaviarError>; readonly last: Tail };

/** A program that is closed may take so long to end by itself. */
const graceMs = 1000;

const { port, count } = workerData as LineThreadData;
const guard = startGuard();
const programs = new Map<number, RunningProgram | Error>();

port.on("message", (message: ToLineThread) => {
  if (message.kind === "start") programs.set(message.id, started(message.start));
  else if (message.kind === "ask") void answer(message.id, message.line).then(reply);
  else void close(message.id).then(() => reply({ kind: "closed", id: message.id }));
});

function reply(message: FromLineThread): void {
  port.postMessage(message);
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
}

function started({ command: [program, ...args], cwd, environment: env }: ProgramStart): RunningProgram | Error {
  try {
    const group = startGroup(program!, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] }, guard);
    const last = tail();
    // A program that has ended reads no more.
    group.child.stdin!.on("error", () => {});
    void passOn(group.child.stderr!, last, () => {});
    return { group, lines: linesOf(group.child.stdout!, limits.lineUnits), last };
  } catch (thrown) {
    return thrown as Error;
  }
}

async function answer(id: number, line: string): Promise<FromLineThread> {
  const running = programs.get(id)!;
  if (running instanceof Error) return { kind: "ended", id, how: running.message };
  const { group, lines, last } = running;
  group.child.stdin!.write(`${line}\n`);
  const next = await nextOf(lines);
  if (next === null) return { kind: "ended", id, how: howEnded(await group.ended, last) };
  return next instanceof CaviarError ? { kind: "fault", id, error: next.got } : { kind: "line", id, text: next };
}

/** null at the end of the output. */
async function nextOf(lines: AsyncGenerator<string | CaviarError>): Promise<string | CaviarError | null> {
  try {
    const { value, done } = await lines.next();
    return done === true ? null : value;
  } catch {
    // The stream was closed before its end, because its process has ended.
    return null;
  }
}

function howEnded({ code, signal, error }: ProcessEnd, last: Tail): string {
  if (error !== null) return error.message;
  return `${signal === null ? `its exit with code ${code}` : `its end by ${signal}`}${last.words()}`;
}

async function close(id: number): Promise<void> {
  const running = programs.get(id);
  programs.delete(id);
  if (running === undefined || running instanceof Error) return;
  const { group } = running;
  group.child.stdin!.end();
  (group.child.stdout as Readable).destroy();
  const killing = setTimeout(group.kill, graceMs);
  await group.ended;
  clearTimeout(killing);
}
