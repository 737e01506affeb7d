import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { choice, createStudy, given, type ObjectiveFunction, real } from "@caviar-hpo/tune";
import { afterAll, expect, it } from "vitest";
import { programUrl } from "../../testing/workerRows.ts";
import { openStudy } from "../log/openStudy.ts";
import { type Command, optimizeWith } from "./optimize.ts";

const root = mkdtempSync(join(realpathSync(tmpdir()), "caviar-command-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const program = fileURLToPath(programUrl("command.mjs"));

type Told = { readonly [name: string]: unknown };

/** What one command got, for a study of one parameter x. */
async function toldBy(more: Partial<Command>, words: readonly string[] = []): Promise<readonly Told[]> {
  const study = createStudy({ space: { x: real(0.25, 0.25), kind: choice(["plain text"]) }, strategy: "random" });
  let printed = "";
  const onOutput = (bytes: Uint8Array): void => {
    printed += Buffer.from(bytes).toString();
  };
  const command = [process.execPath, program, "tells", "{config}", ...words];
  await optimizeWith(study, { command, ...more }, { trials: 2, workers: 2, slots: { gpu: 2 }, onOutput });
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Told)
    .sort((a, b) => Number(a.CAVIAR_TRIAL) - Number(b.CAVIAR_TRIAL));
}

it("a command gets its configuration as arguments, as a JSON file and in its environment, and the facts of its job", async () => {
  process.env.SECRET = "inherited";
  const told = await toldBy({ cwd: root }, ["--x={x}", "{kind}", "{trial}", "{until}", "{from}"]);
  const config = { x: 0.25, kind: "plain text" };
  expect(told).toHaveLength(2);
  expect(told.map(({ CUDA_VISIBLE_DEVICES }) => CUDA_VISIBLE_DEVICES).sort()).toEqual(["0", "1"]);
  expect(told[1]).toEqual({
    CAVIAR_CONFIG: JSON.stringify(config),
    CAVIAR_TRIAL: "1",
    CAVIAR_UNTIL: "1",
    CAVIAR_FROM: "0",
    CAVIAR_SLOT_GPU: told[1]!.CUDA_VISIBLE_DEVICES,
    CUDA_VISIBLE_DEVICES: told[1]!.CUDA_VISIBLE_DEVICES,
    SECRET: "inherited",
    file: config,
    rest: ["--x=0.25", "plain text", "1", "1", "0"],
    cwd: root,
  });
});

it("a command with a list of variables inherits no other", async () => {
  process.env.SECRET = "inherited";
  const [told] = await toldBy({ inherit: ["PATH", "NOT_SET"] });
  expect(told).toMatchObject({ CAVIAR_TRIAL: "0" });
  expect(told).not.toHaveProperty("SECRET");
});

it("a command can report on a descriptor of its own, where everything must be a report", async () => {
  const study = createStudy({ space: { act: choice(["reportsElsewhere", "reportsGarbageElsewhere"]) } });
  study.enqueue({ act: "reportsElsewhere" });
  study.enqueue({ act: "reportsGarbageElsewhere" });
  await optimizeWith(study, { command: [process.execPath, program, "{act}"], reports: 4 }, { trials: 2, onOutput: () => {} });
  const [good, bad] = study.core.history.trials;
  expect(good!.curve[0]!.values).toEqual([1]);
  expect(bad!.failure?.error).toMatch(/report of the command: expected a JSON object such as .*, got "hello"/);
});

it("a command that is preempted runs again, and that counts as no loss", async () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  const attempts: number[] = [];
  const command = [process.execPath, program, "isPreempted", join(root, "preempted")];
  await optimizeWith(study, { command }, { trials: 1, retries: 0 }, (_job, _worker, attempt) => attempts.push(attempt));
  expect(attempts).toEqual([1, 2]);
});

it.each([
  ["path that does not exist", [join(root, "none")], /got ".*none", which is no file\. Correct the path\./],
  ["path of a folder", [root], /which is no file/],
  [
    "path of a script without the right to be executed",
    ["./script.py"],
    /got "\.\/script\.py", which has no right to be executed\. Put its interpreter/,
  ],
  ["name that is in no folder of PATH", ["no-such-program"], /got "no-such-program", which is in no folder of PATH\. Correct the name/],
])("a command with a %s is refused before the first trial, so the budget is still there", async (_what, command, message) => {
  writeFileSync(join(root, "script.py"), "", { mode: 0o644 });
  const study = createStudy({ space: { x: real(0, 1) } });
  await expect(optimizeWith(study, { command, cwd: root }, { trials: 2 })).rejects.toThrow(message);
  expect(study.trials()).toEqual([]);
});

it("a command in a folder that does not exist is refused, and the error blames the folder instead of the program", async () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  const command = { command: [process.execPath], cwd: join(root, "none") };
  await expect(optimizeWith(study, command, { trials: 2 })).rejects.toThrow(/cwd of the command: expected a folder, got ".*none"/);
  expect(study.trials()).toEqual([]);
});

it("a program that disappears during the run fails its trials, and the error says so", async () => {
  const study = createStudy({ space: { x: real(0, 1) } });
  const script = join(root, "removesItself");
  writeFileSync(script, `#!/bin/sh\nrm "$0"\necho '{"error": "first"}'\n`, { mode: 0o755 });
  await expect(optimizeWith(study, { command: [script] }, { trials: 2 })).rejects.toThrow(
    /expected a program that can be started, got spawn .*removesItself ENOENT/,
  );
});

const training = { fidelity: { unit: "epochs", min: 1, max: 9 }, resumable: true, strategy: "successiveHalving" } as const;

it("a command continues from the folder that it left, and trains no epoch twice", async () => {
  const study = await openStudy(join(root, "training"), { space: { rate: real(0.01, 1) }, ...training });
  const command = [process.execPath, program, "trains", "{rate}", "{until}", "{from}", "{checkpoint}"];
  await study.optimize({ command }, { trials: 9, workers: 2 });
  const here = createStudy({ space: { rate: real(0.01, 1) }, ...training });
  const { default: train } = await import("../../testing/programs/training.mjs");
  const trainHere: ObjectiveFunction<{ readonly rate: number }, Uint8Array> = (assignment) =>
    train({ ...assignment, config: { learningRate: assignment.config.rate } });
  await here.optimize(trainHere as ObjectiveFunction<unknown>, { trials: 9, workers: 2 });
  expect(study.trials().some(({ curve }) => curve.length === 9)).toBe(true);
  const finals = (trials: readonly { readonly config: object; readonly curve: readonly { readonly values: readonly number[] }[] }[]) =>
    trials.map(({ config, curve }) => JSON.stringify([config, ...curve.map(({ values }) => values[0])])).sort();
  expect(finals(study.trials())).toEqual(finals(here.core.history.trials));
  study.close();
});

it("a Python script trains with conditional parameters, measurements and checkpoints", async () => {
  const space = {
    rate: real(0.01, 1, { scale: "log" }),
    optimizer: choice(["adam", "sgd"]),
    momentum: given("optimizer", ["sgd"], real(0, 0.9)),
  };
  const study = await openStudy(join(root, "python"), { space, ...training });
  const words = "--rate {rate} --optimizer {optimizer} --momentum {momentum} --epochs {until} --checkpoint {checkpoint}".split(" ");
  let printed = "";
  const onOutput = (bytes: Uint8Array): void => {
    printed += Buffer.from(bytes).toString();
  };
  await study.optimize({ command: ["python3", fileURLToPath(programUrl("train.py")), ...words] }, { trials: 9, workers: 2, onOutput });
  const trials = study.trials();
  expect(trials.map(({ failure }) => failure?.error)).toEqual(Array(9).fill(undefined));
  expect(new Set(trials.map(({ config }) => config.optimizer))).toEqual(new Set(["adam", "sgd"]));
  for (const { config, curve } of trials) {
    for (const { fidelity, values } of curve) expect(values[0]).toBeCloseTo((1 - Number(config.rate)) ** (2 * fidelity), 12);
  }
  expect(printed.split("\n").filter((line) => line.startsWith("epoch "))).toHaveLength(
    trials.reduce((sum, { curve }) => sum + curve.at(-1)!.fidelity, 0),
  );
  study.close();
});
