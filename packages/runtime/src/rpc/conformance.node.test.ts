/**
 * The conversations of docs/wire-format.md, held with our server: its streams and its disk are real, and its processes are not.
 * conformance.node.test.ts of the command line holds those about stored studies with real processes.
 */
import { PassThrough } from "node:stream";
import { strategies } from "@caviar-hpo/tune";
import { expect, it } from "vitest";
import { conversations, type Held, hold, serverOf } from "../../testing/conformance/run.mjs";
import { machineOf } from "../../testing/durableRun.ts";
import { sessionOver } from "./session.ts";
import { serveLines } from "./stdio.ts";
import { createStudiesOn } from "./studies.ts";
import { studyFolders } from "./studyFolders.ts";

const lineLength = 1_000_000;
let pid = 0;

/** A server in this process. It leaves everything as it is when it is killed, and the next one takes it for dead. */
function start(root: string | null): Held {
  pid++;
  const [input, output] = [new PassThrough(), new PassThrough()];
  const system = root === null ? null : { folders: studyFolders(root), machine: { ...machineOf(pid), nowMs: () => 0 } };
  const session = sessionOver(
    createStudiesOn(system, strategies, () => {}),
    { announce: () => {}, onNotice: () => {}, lineLength },
  );
  let killed = (): void => {};
  const closed = new Promise<number>((resolve) => {
    killed = () => resolve(137);
    void serveLines(session, input, output, lineLength).then(() => {
      output.end();
      resolve(0);
    });
  });
  return serverOf({ input, output, closed, kill: () => killed() });
}

it.each(conversations().map((one) => [`${one.topic}: ${one.name}`, one] as const))("%s", async (_name, one) => {
  expect(await hold(start, one)).toBeNull();
});
