/** TensorBoard's own reader and its HParams plugin read the numbers that were written. */
// python: tensorboard
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParamValue, type Plain, plainOf } from "@caviar-hpo/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnStudies } from "../../../testing/drawnStudy.ts";
import type { ExportedStudy } from "../exportedStudy.ts";
import { readPythonJson } from "../optuna/pythonJson.ts";
import { tensorboardFiles } from "./tensorboardFiles.ts";

type Point = readonly [step: number, value: number, wallTime: number];
type Session = { readonly name: string; readonly status?: string };
type Group = { readonly hparams: { readonly [name: string]: ParamValue }; readonly sessions: readonly Session[] };
type HParamInfo = {
  readonly name: string;
  readonly type: string;
  readonly domainInterval?: object;
  readonly domainDiscrete?: readonly unknown[];
};
type Read = {
  readonly files: number;
  readonly events: number;
  readonly runs: { readonly [run: string]: { readonly [tag: string]: readonly Point[] } };
  readonly experiment: { readonly name?: string; readonly hparamInfos: readonly HParamInfo[]; readonly metricInfos: readonly unknown[] };
  readonly groups: { readonly sessionGroups?: readonly Group[] };
};

const seed = Number(process.env.CAVIAR_PEERS_SEED ?? 1) % 2 ** 31;
const script = fileURLToPath(new URL("../../../golden/tensorboardReads.py", import.meta.url));
/** Protocol buffers hold no lone surrogates. */
const studies = fc.sample(drawnStudies(6), { seed, numRuns: 40 }).filter(({ trials }) => trials.length > 0);

let folder: string;
let read: readonly Read[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caviar-tensorboard-"));
  const paths = studies.map((study, index) => {
    const root = join(folder, String(index));
    for (const { path, bytes } of tensorboardFiles(study)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
    return root;
  });
  writeFileSync(join(folder, "paths"), paths.join("\n"));
  const python = process.env.CAVIAR_PYTHON || "python3";
  const output = execFileSync(python, [script, join(folder, "paths")], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "pipe"],
  });
  read = output
    .trimEnd()
    .split("\n")
    .map((line) => readPythonJson(line) as unknown as Read);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("every file is read to its end: each checksum is right", () => {
  studies.forEach(({ problem, trials }, index) => {
    const scalars = trials.reduce((sum, { curve }) => sum + curve.length * (problem.objectives.length + problem.constraints.length), 0);
    const ends = trials.filter(({ status }) => status !== "running").length;
    const { files, events } = read[index]!;
    expect([files, events]).toEqual([1 + trials.length, 2 + 2 * trials.length + scalars + ends]);
  });
});

test("each curve has the values of its trial in 32 bits, over the fidelity", () => {
  studies.forEach((study, index) => {
    for (const trial of study.trials) {
      const run = read[index]!.runs[`trial_${trial.id}`]!;
      const { objectives, constraints } = study.problem;
      const tags = [...objectives.map(({ name }) => name), ...constraints.map((name) => `constraint/${name}`)];
      expect(Object.keys(run).sort()).toEqual(trial.curve.length === 0 ? [] : [...tags].sort());
      tags.forEach((tag, place) => {
        const values = trial.curve.map(({ values: all, constraints: others }) => Math.fround([...all, ...others][place]!));
        expect((run[tag] ?? []).map(([, value]) => value)).toEqual(values);
        if (study.problem.fidelity?.whole === true)
          expect((run[tag] ?? []).map(([step]) => step)).toEqual(trial.curve.map(({ fidelity }) => fidelity));
      });
    }
  });
});

test("the experiment has each parameter with its range or options, and each metric", () => {
  studies.forEach(({ name, problem, trials }, index) => {
    const { experiment } = read[index]!;
    expect(experiment.name ?? "").toBe(name.replace("\ud800", "\ufffd"));
    expect(experiment.metricInfos).toHaveLength(problem.objectives.length + problem.constraints.length);
    const infos = Object.fromEntries(experiment.hparamInfos.map((info) => [info.name, info]));
    expect(Object.keys(infos).sort()).toEqual([...problem.space.params.map(([param]) => param), "caviar:status"].sort());
    for (const [param, definition] of problem.space.params) expect(infos[param]).toMatchObject(expectedInfo(plainOf(definition)));
    expect(infos["caviar:status"]!.domainDiscrete).toEqual([...new Set(trials.map(({ status }) => status))]);
  });
});

test("each trial is a session with its parameters and how it ended; trials of one configuration are one group", () => {
  studies.forEach((study, index) => {
    const groups = read[index]!.groups.sessionGroups ?? [];
    const sessions = groups.flatMap(({ hparams, sessions: list }) => list.map((session) => ({ hparams, ...session })));
    expect(sessions).toHaveLength(study.trials.length);
    expect(groups).toHaveLength(new Set(study.trials.map(({ config }) => JSON.stringify(config))).size);
    for (const trial of study.trials) {
      const session = sessions.find(({ name }) => name === `trial_${trial.id}`)!;
      const { "caviar:status": _, ...hparams } = session.hparams;
      expect(hparams).toEqual(expectedHParams(study, trial.config));
      const status = trial.status === "running" ? undefined : trial.status === "failed" ? "STATUS_FAILURE" : "STATUS_SUCCESS";
      expect(session.status).toBe(status);
    }
  });
});

function isText({ options }: Extract<Plain, { readonly kind: "choice" }>): boolean {
  return new Set(options.map((option) => typeof option)).size > 1 || typeof options[0] === "string";
}

function expectedInfo(plain: Plain) {
  if (plain.kind !== "choice") {
    // json_format leaves out what is 0.
    const interval = { ...(plain.low !== 0 && { minValue: plain.low }), ...(plain.high !== 0 && { maxValue: plain.high }) };
    return { type: "DATA_TYPE_FLOAT64", ...(Object.keys(interval).length > 0 && { domainInterval: interval }) };
  }
  const type = isText(plain) ? "STRING" : typeof plain.options[0] === "number" ? "FLOAT64" : "BOOL";
  return { type: `DATA_TYPE_${type}`, domainDiscrete: plain.options.map((option) => (isText(plain) ? String(option) : option)) };
}

function expectedHParams({ problem }: ExportedStudy, config: ExportedStudy["trials"][number]["config"]) {
  const plains = new Map(problem.space.params.map(([name, param]) => [name, plainOf(param)]));
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const plain = plains.get(name)!;
      return [name, plain.kind === "choice" && isText(plain) ? String(value) : value];
    }),
  );
}
