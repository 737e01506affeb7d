/** The conversation with worker processes that speak it badly, stop, or lose their study. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JobId } from "@caviar-hpo/core";
import { choice, createStudy } from "@caviar-hpo/tune";
import { afterAll, describe, expect, it } from "vitest";
import { childrenIn, isRunning, programUrl } from "../../testing/workerRows.ts";
import { systemClock } from "../systemClock.ts";
import { objectiveOn } from "./attempts.ts";
import { startGuard } from "./guard.ts";
import type { OpenLink } from "./link.ts";
import { openNodeExecutor } from "./nodeExecutor.ts";
import { type ProcessEnd, startGroup } from "./processGroup.ts";
import { type ProcessSettings, processLinks } from "./processLink.ts";
import { programFile } from "./programs.ts";
import { seatsOf } from "./seats.ts";

type Run = {
  readonly program: URL;
  readonly objective: string;
  readonly leaseSeconds?: number;
  readonly acts?: readonly string[];
  readonly workers?: number;
  /** A bug to be found. */
  readonly plant?: Partial<ProcessSettings>;
  readonly wrap?: (openLink: OpenLink) => OpenLink;
};

/** What became of each trial, and the workers that took part. */
async function run({
  program,
  objective,
  leaseSeconds = 60,
  acts = ["a", "a", "a"],
  workers = 1,
  plant = {},
  wrap = (openLink) => openLink,
}: Run) {
  const guard = startGuard();
  let printed = "";
  const onOutput = (bytes: Uint8Array): void => {
    printed += Buffer.from(bytes).toString();
  };
  const executor = await openNodeExecutor({
    seats: seatsOf(workers),
    openLink: wrap(processLinks({ program, objective, leaseSeconds, guard, onOutput, start: startGroup, ...plant })),
    objective,
    leaseSeconds,
    killAfterSeconds: 0.2,
    onClosed: guard.close,
  });
  const study = createStudy({ space: { act: choice([...new Set([...acts, "b"])]) }, strategy: "random" });
  for (const act of acts) study.enqueue({ act });
  const names: string[] = [];
  const evaluate = objectiveOn({
    executor,
    clock: systemClock,
    retries: 1,
    timeoutSeconds: undefined,
    jobOf: (trial) => study.core.history.running.find((job) => job.trial === trial)!.id as JobId,
    onAssigned: (_job, worker) => names.push(worker),
    onLate: () => {},
  });
  await study.optimize(evaluate as never, { trials: acts.length, workers, maxConsecutiveFailures: null }).catch(() => {});
  await executor.close();
  const pids = [...new Set(names)].map((name) => Number(name.split(" ")[1]));
  expect(pids.filter(isRunning)).toEqual([]);
  const results = study.core.history.trials.map(({ curve, failure }) => curve[0]?.values[0] ?? `${failure!.reason}: ${failure!.error}`);
  return { results, workers: pids.length, attempts: names.length, printed };
}

const fake = programUrl("fakeWorker.mjs");

describe("a worker process", () => {
  it.each<readonly [string, string, readonly (number | RegExp)[], number]>([
    ["that replies twice is heard once", "repliesTwice", [1, 1, 1], 1],
    ["that replies for a job that has ended is not heard", "repliesForThePast", [1, 1, 1], 1],
    ["that forgets its token is replaced", "forgetsTheToken", Array(3).fill(/expected messages, got .*token/), 3],
    [
      "that says it saved a checkpoint, and did not, is replaced",
      "savesNothing",
      Array(3).fill(/expected a checkpoint with the message/),
      3,
    ],
    ["that names a path as its checkpoint is replaced", "savesElsewhere", Array(3).fill(/expected messages, got .*etc\/passwd/), 3],
  ])("%s", async (_name, objective, expected, workers) => {
    const { results, workers: used } = await run({ program: fake, objective });
    expect(used).toBe(workers);
    for (const [index, result] of results.entries()) {
      if (typeof expected[index] === "number") expect(result).toBe(expected[index]);
      else expect(result).toMatch(expected[index]!);
    }
  });

  it.each<readonly [string, string, string, RegExp]>([
    ["that has another version of the conversation", "refuses", "otherProtocol", /expected version 1 of the conversation, got 2/],
    ["that ends before it is ready", "endsAtOnce", "exited", /expected an answer, got its exit with code 0/],
  ])("%s is refused before the first trial", async (_name, objective, code, message) => {
    await expect(run({ program: fake, objective })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("that is stopped loses its lease, and its job runs again and is lost for good", async () => {
    const objective = programUrl("misbehaving.mjs").href;
    const { results, attempts } = await run({
      program: programFile("process"),
      objective,
      leaseSeconds: 1.5,
      acts: ["fine", "isStopped", "fine", "fine"],
      workers: 2,
    });
    expect(results.filter((result) => result === 1)).toHaveLength(3);
    expect(results[1]).toMatch(/^lost: the worker of trial 1: expected a sign of life within 1.5 seconds, got none/);
    expect(attempts).toBe(5);
  });

  it("that an earlier job has damaged runs the next job again in a new process", async () => {
    const { results } = await run({
      program: programFile("process"),
      objective: programUrl("misbehaving.mjs").href,
      acts: ["leavesATimer", "takesAWhile", "fine"],
    });
    expect(results).toEqual([1, 1, 1]);
  });
});

describe("the tests find", () => {
  it("a study that believes a message with the token of another job", async () => {
    let token = "";
    const wrap =
      (openLink: OpenLink): OpenLink =>
      (environment, listener) => {
        const link = openLink(environment, {
          ...listener,
          onMessage: (text, bytes) => listener.onMessage(text.replace(/"token":"\w*"/, `"token":"${token}"`), bytes),
        });
        const send: typeof link.send = (text, checkpoint) => {
          token = /"token":"(\w*)"/.exec(text)?.[1] ?? token;
          link.send(text, checkpoint);
        };
        return { ...link, send };
      };
    const { results } = await run({ program: fake, objective: "repliesForThePast", wrap });
    expect(results).not.toEqual([1, 1, 1]);
  });

  it.skipIf(process.platform === "win32")("a process group of which only the first process is ended", async () => {
    const start: typeof startGroup = (program, args, options) => {
      const child = spawn(program, args, options);
      const kill = (): void => {
        child.kill("SIGKILL");
      };
      const ended = new Promise<ProcessEnd>((resolve) => {
        child.on("close", (code, signal) => resolve({ code, signal, error: null }));
      });
      return { child, ended, stop: kill, kill };
    };
    const objective = programUrl("misbehaving.mjs").href;
    const { printed } = await run({ program: programFile("process"), objective, acts: ["leavesAChild"], plant: { start } });
    const left = childrenIn(printed).filter(isRunning);
    for (const pid of left) process.kill(pid, "SIGKILL");
    expect(left).toHaveLength(1);
  });
});

const root = mkdtempSync(join(tmpdir(), "caviar-orphans-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("when a study is killed by SIGKILL", () => {
  it.each([
    ["worker process", "process"],
    ["command", "command"],
    ["worker process that was stopped", "stopped"],
  ])("no %s is left", async (_name, kind) => {
    const child = spawn(process.execPath, [fileURLToPath(programUrl("orphans.mjs")), kind, join(root, kind)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.split("child ").length > 2 && said.endsWith("\n")) break;
    }
    const pids = [...said.matchAll(/child (\d+)/g)].map(([, pid]) => Number(pid));
    expect(pids.map(isRunning)).toEqual([true, true]);
    child.kill("SIGKILL");
    // Time limits only catch hangs: this waits for as long as it takes.
    while (pids.some(isRunning)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
