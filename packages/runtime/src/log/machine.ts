/** Who runs: what the lock of a study says about its owner, and how another process finds out whether that owner still runs. */
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A running process, as a process on the same or another machine can tell it from all others. What is unknown is null. */
export type Identity = {
  readonly pid: number;
  /** When the process started, in ticks since the machine did: another process may get the same `pid` later. */
  readonly started: string | null;
  /** The name of the machine, with its machine id where the system has one. */
  readonly host: string;
  /** Changes each time the machine starts. */
  readonly bootId: string | null;
  /** Containers on one machine count their processes separately. */
  readonly pidNamespace: string | null;
};

/** What a study needs of the machine that it runs on. */
export type Machine = {
  readonly self: Identity;
  /** Milliseconds since 1970. Times are recorded in the log and shown, and decide nothing. */
  nowMs(): number;
  /** Whether a process of this machine runs, and when it started. */
  processOf(pid: number): { readonly running: boolean; readonly started: string | null };
};

/** The machine of this process. */
export function thisMachine(): Machine {
  const { pid } = process;
  return {
    self: {
      pid,
      started: processOf(pid).started,
      host: [hostname(), textOf("/etc/machine-id")].filter((part) => part !== null && part !== "").join("/"),
      bootId: textOf("/proc/sys/kernel/random/boot_id"),
      pidNamespace: orNull(() => readlinkSync("/proc/self/ns/pid")),
    },
    nowMs: Date.now,
    processOf,
  };
}

/**
 * Whether the process that `identity` describes runs. null if this process cannot find out, because the other one is on another machine or
 * in another container.
 */
export function isRunning({ self, processOf }: Machine, { pid, started, host, bootId, pidNamespace }: Identity): boolean | null {
  if (host !== self.host) return null;
  if (bootId !== null && self.bootId !== null && bootId !== self.bootId) return false;
  if (pidNamespace !== self.pidNamespace) return null;
  const found = processOf(pid);
  return found.running && (started === null || found.started === null || started === found.started);
}

function processOf(pid: number): { readonly running: boolean; readonly started: string | null } {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name of the program, in parentheses, may hold anything. After it come the state and 19 fields up to the start (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields !== undefined && fields.length > 19) return { running: !["Z", "X"].includes(fields[0]!), started: fields[19]! };
  return { running: answersSignals(pid), started: null };
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function textOf(path: string): string | null {
  return orNull(() => readFileSync(path, "utf8").trim());
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
