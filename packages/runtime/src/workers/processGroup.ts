/**
 * A process with a group of its own: what it starts is in the group too, and ends with it. Windows has no groups; there, only the process
 * itself is ended.
 */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import type { Guard } from "./guard.ts";

/** How a process ended: by its own exit, by a signal, or `error` if it could not be started. */
export type ProcessEnd = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error: Error | null };

export type ProcessGroup = {
  readonly child: ChildProcess;
  /** Resolves once no process of the group is left and its output has been read. */
  readonly ended: Promise<ProcessEnd>;
  /** Asks the group to end, by SIGTERM, and ends it by force some seconds later. */
  stop(graceSeconds: number): void;
  kill(): void;
};

/** A process that left its group can keep the pipes open. They are closed so long after the end of the group. */
const lastWordsMs = 2000;

export function startGroup(
  program: string,
  args: readonly string[],
  { env, ...options }: SpawnOptions & { readonly env: NodeJS.ProcessEnv },
  guard: Guard,
): ProcessGroup {
  const marked = { ...env, ...guard.expect() };
  const child = spawn(program, args, { ...options, env: marked, detached: process.platform !== "win32", windowsHide: true });
  const { pid } = child;
  let over = pid === undefined;
  let timer: NodeJS.Timeout | undefined;
  const send = (signal: NodeJS.Signals): void => {
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // No process of the group is left.
    }
  };
  if (pid !== undefined) guard.add(pid);
  const ended = new Promise<ProcessEnd>((resolve) => {
    let end: ProcessEnd = { code: null, signal: null, error: null };
    const finish = (): void => {
      clearTimeout(timer);
      resolve(end);
    };
    child.on("error", (error) => {
      if (pid !== undefined) return;
      end = { ...end, error };
      finish();
    });
    child.on("exit", (code, signal) => {
      over = true;
      end = { ...end, code, signal };
      send("SIGKILL");
      guard.remove(pid!);
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
      }, lastWordsMs);
    });
    child.on("close", finish);
  });
  return {
    child,
    ended,
    stop: (graceSeconds) => {
      if (over || timer !== undefined) return;
      send("SIGTERM");
      timer = setTimeout(() => send("SIGKILL"), graceSeconds * 1000);
    },
    kill: () => {
      if (!over) send("SIGKILL");
    },
  };
}
