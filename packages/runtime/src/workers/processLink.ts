/** Workers that are processes of their own, each with its own process group and its own folder for checkpoints. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { CaviarError, ExternalError } from "@caviar-hpo/core";
import { linesOf } from "../rpc/lines.ts";
import type { Guard } from "./guard.ts";
import { renewals } from "./lease.ts";
import { limits } from "./limits.ts";
import type { LinkEnd, LinkListener, OpenLink } from "./link.ts";
import { loadFile, savedFile } from "./messages.ts";
import { type OnOutput, passOn, tail } from "./output.ts";
import type { ProcessEnd, startGroup } from "./processGroup.ts";
import { processFlags } from "./programs.ts";

export type ProcessSettings = {
  /** The file that a process runs. */
  readonly program: URL;
  /** The URL of the module. */
  readonly objective: string;
  readonly leaseSeconds: number;
  readonly guard: Guard;
  readonly onOutput: OnOutput;
  /** Starts a process in a group of its own: `startGroup`. */
  readonly start: typeof startGroup;
};

export function processLinks({ program, objective, leaseSeconds, guard, onOutput, start }: ProcessSettings): OpenLink {
  return (environment, listener) => {
    const folder = mkdtempSync(join(tmpdir(), "caviar-worker-"));
    const beatMs = (leaseSeconds * 1000) / renewals / 2;
    const args = [...processFlags(), fileURLToPath(program), objective, folder, String(beatMs)];
    const env = { ...process.env, ...environment };
    const group = start(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"] }, guard);
    const { pid, stdout, stderr, stdio } = group.child;
    const last = tail();
    const control = stdio[3] as Duplex;
    control.on("data", () => listener.onBeat());
    control.on("error", () => {});
    const read = [passOn(stdout!, last, onOutput), passOn(stderr!, last, onOutput), hear(stdio[4] as Readable, listener)];
    // A process that closes its messages cannot answer any more. One that has just ended closes them, too.
    void read[2]!.then(() => {
      const mute = setTimeout(() => listener.onFault(closedMessages(pid)), closedMs);
      void group.ended.then(() => clearTimeout(mute));
    });
    const ended = group.ended.then(async (end): Promise<LinkEnd> => {
      await Promise.all(read);
      rmSync(folder, { recursive: true, force: true });
      return endOf(end, last.words());
    });
    return {
      name: `process ${pid ?? "none"}`,
      send: (text, checkpoint) => {
        if (checkpoint !== null) writeFileSync(join(folder, loadFile), checkpoint);
        control.write(`${text}\n`);
      },
      take: (file) => {
        const path = join(folder, savedFile(file));
        const bytes = new Uint8Array(readFileSync(path));
        rmSync(path);
        return bytes;
      },
      close: () => control.end(),
      kill: group.kill,
      ended,
    };
  };
}

const closedMs = 1000;

function closedMessages(pid: number | undefined): ExternalError {
  return new ExternalError({
    code: "noMessage",
    what: `process ${pid}`,
    expected: "messages",
    got: "the end of its file descriptor 4",
    remedy: "The objective must not close the file descriptors 3 and 4.",
  });
}

/** Reads its messages until it ends. */
async function hear(messages: Readable, listener: LinkListener): Promise<void> {
  try {
    for await (const line of linesOf(messages, limits.lineUnits)) {
      if (line instanceof CaviarError) listener.onFault(line);
      else listener.onMessage(line, null);
    }
  } catch {
    // The stream was closed before its end, because its process has ended.
  }
}

function endOf({ code, signal, error }: ProcessEnd, words: string): LinkEnd {
  if (error !== null) return { kind: "exited", how: error.message };
  if (signal !== null) return { kind: "lost", how: `its end by ${signal}${words}` };
  return { kind: "exited", how: `its exit with code ${code}${words}` };
}
