/** The Python package: its unit tests, and a study that alternates between Python and TypeScript. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStudy } from "@caviar-hpo/runtime";
import { readStudy } from "@caviar-hpo/runtime/log";
import { choice, type Ending, given, int, type OptimizeOptions, real } from "@caviar-hpo/tune";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultOfUnitTests, type PythonPackage, preparePackage, python } from "./pythonPackage.ts";
import { workspaceRoot } from "./workspace.ts";

const root = mkdtempSync(join(tmpdir(), "caviar-"));
let prepared: PythonPackage;
beforeAll(async () => {
  prepared = await preparePackage();
});
afterAll(async () => {
  rmSync(root, { recursive: true });
  await prepared.remove();
});

const trialsInAll = 60;
const space = {
  rate: real(1e-3, 1e3, { scale: "log" }),
  kernel: choice(["rbf", "poly"]),
  degree: given("kernel", ["poly"], int(2, 5)),
};
const options = { space, strategy: "tpe", seed: "five", where: ["rate + degree <= 900"] } as const;

/** The same study and the same objective in Python. Exact arithmetic, so that both languages measure the same bits. */
const program = `
import sys
import caviar_hpo as caviar

study = caviar.Study(sys.argv[1], strategy="tpe", seed="five", where=["rate + degree <= 900"], space={
    "rate": caviar.real(1e-3, 1e3, scale="log"),
    "kernel": caviar.choice(["rbf", "poly"]),
    "degree": caviar.integer(2, 5, when={"kernel": "poly"}),
})

def train(trial):
    if trial.number % 7 == 3:
        raise caviar.Infeasible()
    return (trial["rate"] - 1) * (trial["rate"] - 1) + trial.config.get("degree", 0) + 0.1 * trial.repetition

def stop(trial):
    if trial.number == float(sys.argv[2]) - 1:
        study.stop()

limit = {"trials": ${trialsInAll}} if len(sys.argv) == 3 else {"patience": int(sys.argv[3])}
study.optimize(train, **limit, repetitions=3, on_trial=stop)
study.close()
`;

async function workInPython(folder: string, trials: number, ...patience: readonly string[]): Promise<void> {
  expect(await prepared.run(["-c", program, folder, String(Number.isFinite(trials) ? trials : -1), ...patience])).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });
}

async function workInTypeScript(folder: string, trials: number, limit: OptimizeOptions = { trials: trialsInAll }): Promise<void> {
  const study = await openStudy(folder, options);
  const end = new AbortController();
  await study.optimize(
    ({ config, trial, repetition = 0 }) => {
      if (trial % 7 === 3) return { infeasible: true };
      return (config.rate - 1) * (config.rate - 1) + (config.degree ?? 0) + 0.1 * repetition;
    },
    {
      ...limit,
      repetitions: 3,
      finishSignal: end.signal,
      onTrial: ({ id }) => {
        if (id === trials - 1) end.abort();
      },
    },
  );
  study.close();
}

/** Looks ahead: it ends where the strategy expects no gain. */
const foresight = { space: { x: real(-1, 1) }, strategy: { name: "bayesopt", options: { askEffort: 100 } } } as const;
const foresightProgram = `
import sys
import caviar_hpo as caviar

study = caviar.Study(sys.argv[1], strategy="bayesopt", strategy_options={"askEffort": 100}, space={"x": caviar.real(-1, 1)})
train = lambda trial: (trial["x"] - 0.3) * (trial["x"] - 0.3)
study.optimize(train, trials=4)
study.optimize(train, trials=60, no_gain=caviar.NoGain(probability=0.2))
print(study.ended)
`;

/** The events of the study, without their times and without the notes of the runtime. */
function eventsIn(folder: string): readonly string[] {
  return readFileSync(join(folder, "log"), "utf8")
    .split("\n")
    .filter((line) => !line.includes('"kind":"ended"'))
    .map((line) => line.replace(/^\S+ \S+ \S+ /, "").replace(/"atMs":\d+/, ""));
}

/** The notes of how each call ended, without their times. */
function endsIn(folder: string): readonly string[] {
  return readFileSync(join(folder, "log"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"kind":"ended"'))
    .map((line) => line.replace(/^\S+ \S+ \S+ /, "").replace(/"atMs":\d+/, ""));
}

describe.skipIf(python === undefined)("the Python package", () => {
  it("carries its server in one file of less than 0.6 MB", () => {
    expect(statSync(prepared.server).size).toBeLessThan(600_000);
  });

  it("passes its unit tests", async () => {
    expect(await faultOfUnitTests(prepared, "test_s[pt]*.py")).toBeNull();
  });

  it("has docstrings whose examples work, and of which the reference is made", async () => {
    const doctests = "import doctest, caviar_hpo.space as s, caviar_hpo.study as t; print(*(doctest.testmod(m).failed for m in (s, t)))";
    expect(await prepared.run(["-c", doctests])).toMatchObject({ status: 0, stdout: "0 0\n" });
    const page = await prepared.run([join(workspaceRoot, "tools/pythonApi.py"), "--print"]);
    expect(page.stdout).toBe(readFileSync(join(workspaceRoot, "docs/python-api.md"), "utf8"));
  });

  it("ends by the rule of no gain at the same trial, and notes the same ends", async () => {
    const [inPython, inTypeScript] = [join(root, "python"), join(root, "typescript")];
    const { status, stdout } = await prepared.run(["-c", foresightProgram, inPython]);
    const study = await openStudy(inTypeScript, { ...foresight, seed: 0 });
    const endings: Ending[] = [];
    const onEnd = (ending: Ending): void => void endings.push(ending);
    const train = ({ config }: { readonly config: { readonly x: number } }): number => (config.x - 0.3) * (config.x - 0.3);
    await study.optimize(train, { trials: 4, onEnd });
    await study.optimize(train, { trials: 60, noGain: { probability: 0.2 }, onEnd });
    study.close();
    expect(endings.map(({ rule }) => rule)).toEqual(["trials", "noGain"]);
    expect(readStudy(inTypeScript).trials.length).toBeLessThan(60);
    expect(eventsIn(inPython)).toEqual(eventsIn(inTypeScript));
    expect(endsIn(inPython)).toEqual(endsIn(inTypeScript));
    const { trials, reason } = endings[1]!.advice![0]!;
    const advice = `(Advice(rule='noGain', trials=${trials}, reason='${reason}'),)`;
    expect({ status, stdout }).toEqual({ status: 0, stdout: `Ending(rule='noGain', reason='${reason}', advice=${advice})\n` });
  });

  it("alternates with TypeScript five times, and leaves the log of an undisturbed study", async () => {
    const [shared, whole] = [join(root, "shared"), join(root, "whole")];
    for (let turn = 0; turn < 5; turn++) {
      await workInPython(shared, 12 * turn + 6);
      await workInTypeScript(shared, 12 * turn + 12);
    }
    await workInTypeScript(whole, trialsInAll);
    expect(eventsIn(shared)).toEqual(eventsIn(whole));
    expect(readFileSync(join(shared, "head.json"), "utf8")).toBe(readFileSync(join(whole, "head.json"), "utf8"));
    // A study that has spent its budget stays as it is.
    await workInTypeScript(whole, Infinity);
    const events = eventsIn(whole);
    await workInPython(whole, Infinity);
    expect(eventsIn(whole)).toEqual(events);
    // Patience ends at the same trial.
    await workInPython(shared, Infinity, "50");
    await workInTypeScript(whole, Infinity, { patience: 50 });
    expect(eventsIn(shared)).toEqual(eventsIn(whole));
    expect(eventsIn(whole).length).toBeGreaterThan(events.length);
  });
});
