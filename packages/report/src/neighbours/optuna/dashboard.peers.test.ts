/** optuna-dashboard opens what `optunaJournal` writes: by its interface for programs, and in a browser if Chromium is there. */
// python: optuna optuna_dashboard
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { choice, createSpace, given, int, type Problem, real, trialId } from "@caviar-hpo/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExportedStudy, ExportedTrial } from "../exportedStudy.ts";
import { optunaJournal } from "./journal.ts";

const script = fileURLToPath(new URL("../../../golden/dashboard.py", import.meta.url));

const problem: Problem = {
  space: createSpace({
    optimizer: choice(["sgd", "adam"]),
    momentum: given("optimizer", ["sgd"], real(0, 0.999, { scale: "oneMinusLog" })),
    learningRate: real(1e-4, 1, { scale: "log" }),
    units: int(16, 256, { step: 16 }),
    size: choice(["small", "large"], { ordered: true }),
  }),
  objectives: [{ name: "accuracy", goal: "maximize" }],
  constraints: ["memory"],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: false,
};

const study: ExportedStudy = { name: "digits of Caviar", problem, trials: Array.from({ length: 24 }, (_, index) => trialAt(index)) };

function trialAt(index: number): ExportedTrial {
  const optimizer = index % 3 === 0 ? "sgd" : "adam";
  const status = index % 8 === 7 ? "failed" : index === 22 ? "running" : index % 4 === 2 ? "stopped" : "finished";
  const reached = status === "stopped" ? [1, 3] : status === "finished" ? [1, 3, 9] : [];
  return {
    id: trialId(index),
    config: {
      optimizer,
      ...(optimizer === "sgd" && { momentum: 0.9 }),
      learningRate: 10 ** (-4 + index / 8),
      units: 16 * (1 + (index % 16)),
      size: index % 2 === 0 ? "small" : "large",
    },
    parent: null,
    status,
    curve: reached.map((fidelity) => ({
      fidelity,
      values: [0.5 + index / 100 + fidelity / 50],
      constraints: [index / 10 - 1.5],
      costSeconds: fidelity,
      atMilestone: true,
    })),
    ...(status === "failed" && { failure: { reason: "threw", error: "no memory" } }),
    startedAtMs: 1.78e12 + 10_000 * index,
    endedAtMs: 1.78e12 + 10_000 * (index + 1),
    annotations: { note: `trial ${index}` },
  };
}

let folder: string;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "caviar-dashboard-"));
  const journal = join(folder, "journal.log");
  writeFileSync(journal, optunaJournal(study));
  server = spawn(process.env.CAVIAR_PYTHON || "python3", [script, journal], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await once(server.stdout!, "data");
  address = `http://127.0.0.1:${String(port).trim()}`;
});

afterAll(async () => {
  server.stdin!.end();
  await once(server, "exit");
  rmSync(folder, { recursive: true });
});

type DashboardTrial = {
  readonly number: number;
  readonly state: string;
  readonly values?: readonly number[];
  readonly params: readonly { readonly name: string; readonly param_external_value: string }[];
  readonly intermediate_values: readonly { readonly step: number; readonly value: number }[];
  readonly constraints: readonly number[];
};

// biome-ignore lint/suspicious/noExplicitAny: the tests check what they read.
async function ask(path: string): Promise<any> {
  const response = await fetch(address + path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.json();
}

test("the list of studies has the study, with its direction and its parameters", async () => {
  const { study_summaries: list } = await ask("/api/studies");
  expect(list.map((one: { readonly study_name: string }) => one.study_name)).toEqual([study.name]);
  const detail = await ask("/api/studies/0");
  expect(detail.directions).toEqual(["maximize"]);
  expect(detail.objective_names).toEqual(["accuracy"]);
  const names = detail.union_search_space.map((one: { readonly name: string }) => one.name).sort();
  expect(names).toEqual(["learningRate", "momentum", "optimizer", "size", "units"]);
});

test("each trial has its state, value, parameters, curve and constraints", async () => {
  const { trials } = (await ask("/api/studies/0")) as { readonly trials: readonly DashboardTrial[] };
  expect(trials.map(({ number }) => number)).toEqual(study.trials.map(({ id }) => id));
  study.trials.forEach(({ status, config, curve }, index) => {
    const { state, values, params, intermediate_values: steps, constraints } = trials[index]!;
    expect(state).toBe({ failed: "Fail", running: "Running", stopped: "Pruned", finished: "Complete" }[status as string]);
    expect(values).toEqual(curve.at(-1)?.values);
    const read = params.map(({ name, param_external_value: text }) => [name, typeof config[name] === "number" ? Number(text) : text]);
    expect(Object.fromEntries(read)).toEqual(config);
    expect(steps.map(({ step, value }) => [step, value])).toEqual(curve.map(({ fidelity, values: [value] }) => [fidelity, value]));
    expect(constraints).toEqual(curve.at(-1)?.constraints ?? []);
  });
});

test("the dashboard computes the importance of the parameters", async () => {
  const { param_importances: importances } = await ask("/api/studies/0/param_importances");
  expect(importances[0].map((one: { readonly name: string }) => one.name)).toContain("learningRate");
});

test.skipIf(process.env.CAVIAR_CHROMIUM === undefined)("a browser shows the study and its best value", () => {
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${join(folder, "profile")}`];
  const best = Math.max(...study.trials.flatMap(({ status, curve }) => (status === "finished" ? curve.at(-1)!.values : [])));
  const dump = (path: string): string =>
    spawnSync(process.env.CAVIAR_CHROMIUM!, [...flags, "--virtual-time-budget=20000", "--dump-dom", address + path], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    }).stdout;
  expect(dump("/dashboard")).toContain(study.name);
  expect(dump("/dashboard/studies/0")).toContain(String(best));
});
