import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { virtualClock } from "@caviar-hpo/core/testing";
import { choice, createStudy, real } from "@caviar-hpo/tune";
import { afterAll, describe, expect, it } from "vitest";
import { programUrl } from "../../testing/workerRows.ts";
import { type DurableStudy, openStudy } from "../log/openStudy.ts";
import type { Executor } from "./executor.ts";
import { inlineExecutor } from "./inline.ts";
import { type DurableOptimizeOptions, optimizeWith, type WorkerObjective } from "./optimize.ts";

const root = mkdtempSync(join(tmpdir(), "caviar-optimize-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let opened = 0;
function newStudy(): Promise<DurableStudy<{ readonly x: number }>> {
  opened++;
  return openStudy(join(root, String(opened)), { space: { x: real(0, 1) }, sync: "close" });
}

async function refusal(objective: unknown, options: object = {}): Promise<string> {
  const study = await newStudy();
  const error: unknown = await study
    .optimize(objective as WorkerObjective<{ readonly x: number }>, { trials: 2, ...options } as DurableOptimizeOptions)
    .catch((thrown: unknown) => thrown);
  expect(study.trials()).toEqual([]);
  study.close();
  return (error as Error).message;
}

describe("optimize refuses, before the first trial,", () => {
  it.each<readonly [string, unknown, object, RegExp]>([
    ["a path", "./train.js", {}, /objective of optimize: expected a function, the URL of a module, \{ command: /],
    ["a misspelt part of a command", { comand: ["x"] }, {}, /objective of optimize: .*"comand"/],
    ["an empty command", { command: [] }, {}, /command: expected .* 1/],
    [
      "a misspelt placeholder",
      { command: ["python3", "--x", "{X1}"] },
      {},
      /argument "\{X1\}" .* got "X1"\. Did you mean "x"\? Write \{\{ and \}\} for braces\./,
    ],
    ["a lone brace", { command: ["awk", "{print"] }, {}, /argument "\{print" of the command: expected braces in pairs, got a lone \{/],
    ["a file descriptor for nothing but errors", { command: ["x"], reports: 2 }, {}, /reports: expected 1, or 3 to 9, got 2/],
    [
      "threads for a function",
      () => 1,
      { executor: "thread" },
      /option executor of optimize: expected an objective that can run in a worker/,
    ],
    ["another executor", programUrl("bowl.mjs"), { executor: "threads" }, /option executor of optimize: .*Did you mean "thread"\?/],
    ["a misspelt option", programUrl("bowl.mjs"), { retires: 1 }, /"retires"/],
    [
      "more workers than slots",
      programUrl("bowl.mjs"),
      { workers: 3, slots: { gpu: 2 } },
      /option slots.gpu of optimize: expected at least 3, one for each worker, got 2/,
    ],
    ["a time limit of 0", programUrl("bowl.mjs"), { timeoutSeconds: 0 }, /timeoutSeconds/],
    ["no workers", programUrl("bowl.mjs"), { workers: 0 }, /workers/],
    [
      "a module that does not exist",
      programUrl("none.mjs"),
      {},
      /objective file:.*none\.mjs: expected a module that can be loaded, got .*Cannot find module/,
    ],
    [
      "a module that imports one that does not exist",
      programUrl("broken.mjs"),
      {},
      /expected a module that can be loaded, got .*thereIsNoSuchFile/,
    ],
    [
      "a module without a default export",
      programUrl("named.mjs"),
      {},
      /expected a module whose default export is a function, got no default export/,
    ],
  ])("%s", async (_name, objective, options, message) => {
    expect(await refusal(objective, options)).toMatch(message);
  });

  const runsTypeScript = (process.features as { readonly typescript?: unknown }).typescript;
  it.skipIf(runsTypeScript)("TypeScript if this version of Node does not run it", async () => {
    for (const executor of ["thread", "process"])
      expect(await refusal(programUrl("typed.mts"), { executor })).toMatch(
        /expected a module that this version of Node can run, got .*Compile it to JavaScript .*or use Node 22\.18 or newer/,
      );
  });
});

it.each(["thread", "process"] as const)("each worker that is a %s has slots that no other has", async (executor) => {
  const study = await newStudy();
  let printed = "";
  const onOutput = (bytes: Uint8Array): void => {
    printed += Buffer.from(bytes).toString();
  };
  await study.optimize(programUrl("environment.mjs"), { trials: 12, workers: 2, executor, slots: { gpu: 4, "test bench": 3 }, onOutput });
  study.close();
  const lines = printed.trim().split("\n");
  expect(lines).toHaveLength(12);
  expect([...new Set(lines)].sort()).toEqual(["0,1/0,1/0", "2,3/2,3/1"]);
});

it("a study in memory has workers, too", async () => {
  const study = createStudy({ space: { x: real(0, 1) }, strategy: "random" });
  const best = await optimizeWith(study, programUrl("bowl.mjs"), { trials: 20, workers: 2 });
  expect(best.value).toBe((best.config.x - 0.3) ** 2);
  expect(study.core.history.trials.every(({ status }) => status === "finished")).toBe(true);
});

it("a lost job runs again, as often as `retries` says, and its trial is one trial", async () => {
  for (const [retries, attempts] of [
    [0, 1],
    [2, 3],
  ] as const) {
    const study = createStudy({ space: { act: choice(["fine", "isKilled"]) }, strategy: "random" });
    study.enqueue({ act: "fine" });
    study.enqueue({ act: "isKilled" });
    const assigned: unknown[] = [];
    await optimizeWith(study, programUrl("misbehaving.mjs"), { trials: 2, executor: "process", retries }, (job, _worker, attempt) =>
      assigned.push([job, attempt]),
    );
    expect(assigned).toEqual([[0, 1], ...Array.from({ length: attempts }, (_, index) => [1, index + 1])]);
    expect(study.core.history.trials.map(({ status, failure }) => failure?.reason ?? status)).toEqual(["finished", "lost"]);
  }
});

it("a function in this process has a time limit without a clock of the user's", async () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  await optimizeWith(study, ({ trial }) => (trial === 0 ? new Promise<number>(() => {}) : 1), { trials: 2, timeoutSeconds: 0.05 });
  expect(study.core.history.trials.map(({ status, failure }) => failure?.reason ?? status)).toEqual(["timeout", "finished"]);
});

describe("an executor of the user's own", () => {
  it("evaluates the trials of a study, and stays open", async () => {
    const study = createStudy({ space: { x: real(0, 1) }, strategy: "random" });
    let closed = false;
    const inline = inlineExecutor(({ config }) => Number(config.x));
    const executor: Executor = {
      ...inline,
      close: async () => {
        closed = true;
      },
    };
    await optimizeWith(study, executor, { trials: 6, workers: 3 });
    expect(study.core.history.trials.map(({ curve, config }) => curve[0]!.values[0] === config.x)).toEqual(Array(6).fill(true));
    expect(closed).toBe(false);
  });

  it("whose late result comes while another worker has the job adds an observed trial", async () => {
    const clock = virtualClock(() => new Promise((resolve) => setImmediate(resolve)));
    const study = createStudy({ space: { x: real(0, 1) }, fidelity: { unit: "epochs", min: 1, max: 9 }, strategy: "asha" });
    const executor: Executor = {
      leaseSeconds: 60,
      run: async ({ trial, attempt }, { started }) => {
        started(`worker ${attempt}`);
        // The first attempt of trial 1 is silent for so long that it loses its lease, and still comes first.
        await clock.sleep(trial !== 1 ? 1000 : attempt === 1 ? 100_000 : 50_000);
        return { kind: "finished", result: 10 * trial + attempt };
      },
      close: async () => {},
    };
    await clock.run(optimizeWith(study, executor, { trials: 2, clock }).then(() => {}));
    const { trials } = study.core.history;
    expect(trials.map(({ curve }) => [curve[0]!.fidelity, curve[0]!.values[0]])).toEqual([
      [1, 1],
      [1, 12],
      [1, 11],
    ]);
    expect(trials[2]!.config).toEqual(trials[1]!.config);
  });
});
