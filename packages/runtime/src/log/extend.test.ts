/** A study that is extended to a larger space: its trials stay, its strategy starts again. */
import { derive, type Json, root, type Strategy } from "@caviar-hpo/core";
import { type ChosenStrategy, choice, createStrategy, createStudy, real, strategies } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { advance, folder, hyperband, logFile, machineOf, open as openRun, optionsOf, random, startOf } from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { type OpenStudyOptions, openStudyOn } from "./openStudy.ts";
import { readStudyOn } from "./readStudy.ts";
import { encodeRecord } from "./record.ts";
import { verifyStudyOn } from "./verifyStudy.ts";

const small = { x: real(0, 1), model: choice(["a", "b"]) };
const large = { x: real(0, 2), model: choice(["a", "b", "c"]) };
type C = { readonly x: number; readonly model: "a" | "b" | "c" };
const loss = ({ config }: { readonly config: C }): number => (config.x - 1.5) ** 2 + (config.model === "c" ? 0 : 1);

function opener() {
  const disk = faultyDisk(emptyDisk);
  let pid = 1;
  const open = <const S extends typeof small | typeof large>(space: S, more: Partial<OpenStudyOptions<S>> = {}) =>
    openStudyOn({ disk, machine: machineOf(pid++) }, folder, { space, strategy: "tpe", ...more } as OpenStudyOptions<S>);
  return { disk, open };
}

describe("a study that is opened with a larger space", () => {
  it("is refused with the changes, and the error names the option", async () => {
    const { disk, open } = opener();
    (await open(small)).close();
    const log = filesOf(disk.state())[logFile]!;
    await expect(open(large)).rejects.toMatchObject({
      code: "otherStudy",
      expected: "space.x.high 1, space.model.options.2 none",
      got: 'space.x.high 2, space.model.options.2 "c"',
      remedy: expect.stringContaining("pass extend: true"),
    });
    expect(filesOf(disk.state())[logFile]).toEqual(log);
  });

  it("with extend: true keeps its trials and finds what only the larger space has, within one budget", async () => {
    const { disk, open } = opener();
    const before = await open(small);
    await before.optimize(loss as never, { trials: 12 });
    before.annotate(3, { note: "kept" });
    const old = before.trials();
    before.close();
    const study = await open(large, { extend: true });
    expect(study.trials()).toEqual(old);
    expect(study.core.started).toBe(12);
    const best = await study.optimize(loss, { trials: 50 });
    expect(study.trials()).toHaveLength(50);
    expect(study.trials().slice(0, 12)).toEqual(old);
    expect(best).toMatchObject({ trial: expect.any(Number), config: { model: "c" } });
    expect(best.config.x).toBeGreaterThan(1);
    expect(best.trial).toBeGreaterThan(11);
    study.close();
    const read = readStudyOn(disk, folder);
    expect(read.trials).toEqual(study.trials());
    expect(read.best()).toEqual(study.best());
    expect(read.problem.space.params).toMatchObject([
      ["x", { high: 2 }],
      ["model", { options: ["a", "b", "c"] }],
    ]);
  });

  it("then opens with the larger space as usual, with or without extend: true, and with the smaller one no more", async () => {
    const { open } = opener();
    (await open(small)).close();
    (await open(large, { extend: true })).close();
    (await open(large)).close();
    (await open(large, { extend: true })).close();
    await expect(open(small, { extend: true })).rejects.toMatchObject({
      code: "otherStudy",
      expected: expect.stringContaining("space.x.high 2"),
      remedy: expect.stringMatching(
        /^A study can only be extended to a space that holds its own\. The new space lacks x 2, model "c"\. .*warmStart/,
      ),
    });
  });

  it("can be extended again", async () => {
    const { disk, open } = opener();
    for (const [high, trials] of [
      [1, 5],
      [2, 10],
      [4, 15],
      [8, 20],
    ] as const) {
      const study = await open({ ...small, x: real(0, high) } as never, { extend: true });
      await study.optimize(loss as never, { trials });
      expect(study.trials()).toHaveLength(trials);
      study.close();
    }
    expect(readStudyOn(disk, folder).trials.map(({ id }) => id as number)).toEqual(Array.from({ length: 20 }, (_, id) => id));
  });

  it("is refused if something else has changed too", async () => {
    const { open } = opener();
    (await open(small)).close();
    await expect(open(large, { extend: true, seed: 7 })).rejects.toMatchObject({
      code: "otherStudy",
      got: expect.stringContaining("seed 7"),
    });
  });

  it("is refused if its strategy takes its own points only, and stays as it was", async () => {
    const { disk, open } = opener();
    const own: Strategy = { ...createStrategy("random"), can: { ...createStrategy("random").can, external: false } };
    const study = await open(small, { strategy: own as ChosenStrategy });
    study.ask();
    study.close();
    const log = filesOf(disk.state())[logFile]!;
    await expect(open(large, { strategy: own as ChosenStrategy, extend: true })).rejects.toMatchObject({ code: "ownPointsOnly" });
    expect(filesOf(disk.state())[logFile]).toEqual(log);
    (await open(small, { strategy: own as ChosenStrategy })).close();
  });
});

describe("the strategy of an extended study", () => {
  it("sees what a new study sees that observes the same trials, and proposes the same under its own key", async () => {
    const { open } = opener();
    const before = await open(small);
    await before.optimize(loss as never, { trials: 12 });
    const [failed] = before.ask();
    before.fail(failed!.id, "infeasible");
    before.close();
    const study = await open(large, { extend: true });
    expect(study.core.seed).toBe(0);
    expect(study.core.history.trials.map(({ status }) => status)).toEqual([...Array.from({ length: 12 }, () => "finished"), "failed"]);
    const memory = createStudy({ space: large, strategy: "tpe", seed: derive(root(0), "era", 1).join(" ") });
    const firstJob = 13;
    for (const { config, curve, failure } of before.trials())
      memory.core.observe(config, failure === undefined ? curve[0]! : { status: "failed", measurements: curve, ...failure });
    expect(memory.core.history.trials).toEqual(study.core.history.trials);
    expect(study.ask({ want: 4 })).toEqual(memory.ask({ want: 4 }).map((job) => ({ ...job, id: job.id + firstJob })));
  });

  it("is the same after any restart, with snapshots and without", async () => {
    for (const subject of [random, hyperband])
      for (const snapshotEvery of [7, Infinity]) {
        const extended = { ...subject, extended: true } as const;
        const disk = faultyDisk(await startOf(extended));
        const options = { ...optionsOf(extended), snapshotEvery };
        const straight = faultyDisk(disk.state());
        const study = await openRun(straight, options);
        advance(study, 21, 70);
        for (let records = 21; records < 70; records += 7) advance(await openRun(disk, options), records, records + 7);
        expect(filesOf(disk.state())[logFile]).toEqual(filesOf(straight.state())[logFile]);
        expect((await openRun(disk, options)).ask({ want: 9 })).toEqual(study.ask({ want: 9 }));
      }
  });
});

describe("verifying an extended study", () => {
  it("replays each era with the strategy of its space, and finds an answer that was changed in any of them", async () => {
    const { disk, open } = opener();
    for (const [space, trials] of [
      [small, 12],
      [large, 20],
    ] as const) {
      const study = await open(space as typeof large, { extend: true });
      await study.optimize(loss, { trials });
      study.close();
    }
    expect(verifyStudyOn(disk, folder)).toMatchObject({ events: 40, trials: 20, snapshots: { ignored: [] } });
    const lines = filesOf(disk.state())[logFile]!.toString().trimEnd().split("\n");
    const texts = lines.map((line) => JSON.parse(line.slice(line.indexOf("{"))) as { kind?: string; jobs?: { config: { x: number } }[] });
    const asks = texts.flatMap(({ kind }, record) => (kind === "asked" ? [record] : []));
    for (const record of [asks[11]!, asks.at(-1)!]) {
      const changed = structuredClone(texts);
      changed[record]!.jobs![0]!.config.x += 2 ** -20;
      const log = Buffer.concat(changed.map((text, at) => encodeRecord(at, text as Json)));
      const left = faultyDisk(withFiles(disk.state(), { [logFile]: log }));
      expect(() => verifyStudyOn(left, folder)).toThrow(expect.objectContaining({ code: "diverged" }));
    }
  });
});

describe("when a study is extended,", () => {
  it("jobs that ran are lost, their configurations are tried first, before the queue, and count once", async () => {
    const { disk, open } = opener();
    const before = await open(small);
    const [told, running] = before.ask({ want: 2 });
    before.tell(told!.id, 1);
    before.enqueue({ x: 0.25, model: "b" });
    before.enqueue({ x: 0.75, model: "a" });
    const [third] = before.ask();
    expect(third!.config).toEqual({ x: 0.25, model: "b" });
    const study = await open(large, { extend: true });
    expect(study.core.history.running).toEqual([]);
    expect(study.trials().map(({ status }) => status)).toEqual(["finished", "failed", "failed"]);
    expect(study.trials()[1]).toMatchObject({ failure: { reason: "lost" } });
    const seen: unknown[] = [];
    await study.optimize(
      (assignment) => {
        seen.push(assignment.config);
        return loss(assignment);
      },
      { trials: 4 },
    );
    expect(seen).toEqual([running!.config, third!.config, { x: 0.75, model: "a" }]);
    expect(study.trials()).toHaveLength(6);
    expect(study.core.started).toBe(4);
    study.close();
    expect(readStudyOn(disk, folder).trials).toEqual(study.trials());
  });

  it("a guess that gives some values only is still in the queue", async () => {
    const { open } = opener();
    const before = await open(small);
    before.core.enqueue({ model: "b" });
    before.close();
    const study = await open(large, { extend: true });
    expect(study.ask()[0]!.config).toMatchObject({ model: "b" });
    study.close();
    expect((await open(large)).trials()[0]!.config).toMatchObject({ model: "b" });
  });

  it("a trial that had measured something keeps its curve, and counts as stopped", async () => {
    const { disk, open } = opener();
    const fidelity = { unit: "epochs", min: 1, max: 9 };
    const before = await open(small, { strategy: "hyperband", fidelity });
    const jobs = before.ask({ want: 3 });
    for (const job of jobs) before.tell(job.id, job.trial, 1);
    const next = before.ask({ want: 8 }).filter(({ trial }) => trial < 3);
    const study = await open(large, { strategy: "hyperband", fidelity, extend: true });
    for (const { trial } of next) expect(study.trials()[trial]).toMatchObject({ status: "stopped", curve: [{ fidelity: 1 }] });
    expect(readStudyOn(disk, folder).trials).toEqual(study.trials());
  });

  it("its jobs are numbered on, and a late report of a job that was lost changes nothing", async () => {
    const { disk, open } = opener();
    const before = await open(small);
    const [first, second] = before.ask({ want: 2 });
    before.tell(first!.id, 1);
    const study = await open(large, { extend: true });
    const [third] = study.ask();
    expect([first, second, third].map((job) => job!.id)).toEqual([0, 1, 2]);
    const trials = study.trials();
    expect(study.core.tell(second!.id, { values: [7] })).toMatchObject({ effect: "late" });
    expect(study.core.fail(first!.id, "lost")).toMatchObject({ effect: "late" });
    expect(study.trials()).toEqual(trials);
    study.close();
    expect((await open(large)).trials()).toEqual(trials);
    expect(verifyStudyOn(disk, folder)).toMatchObject({ events: 5 });
  });

  it("a log whose extension names another first job than the next one is refused", async () => {
    const { disk, open } = opener();
    const before = await open(small);
    before.ask({ want: 2 });
    (await open(large, { extend: true })).close();
    const lines = filesOf(disk.state())[logFile]!.toString().trimEnd().split("\n");
    const texts = lines.map((line) => JSON.parse(line.slice(line.indexOf("{"))) as { kind?: string; firstJob?: number });
    expect(texts.at(-1)).toMatchObject({ kind: "extended", firstJob: 2 });
    texts.at(-1)!.firstJob = 3;
    const log = Buffer.concat(texts.map((text, at) => encodeRecord(at, text as Json)));
    expect(() => readStudyOn(faultyDisk(withFiles(disk.state(), { [logFile]: log })), folder)).toThrow(
      expect.objectContaining({ code: "corrupt", expected: "the first job 2" }),
    );
  });

  it("observed trials that run elsewhere continue under new jobs, and can be reported under the earlier ones", async () => {
    const { disk, open } = opener();
    const before = await open(small);
    before.ask();
    const outside = [0.1, 0.2].map((x) => before.core.observe({ x, model: "a" }, { status: "running" }));
    expect(outside).toEqual([1, 2]);
    const study = await open(large, { extend: true });
    const running = study.core.history.running.map(({ id, trial }) => [id as number, trial as number]);
    expect(running).toEqual([
      [3, 1],
      [4, 2],
    ]);
    study.tell(outside[1]!, 5);
    study.fail(study.core.history.running[0]!.id, "threw");
    expect(study.trials().map(({ status, endedAtMs }) => [status, endedAtMs])).toEqual([
      ["failed", null],
      ["failed", null],
      ["finished", null],
    ]);
    expect(study.trials()[2]!.curve).toMatchObject([{ values: [5] }]);
    expect(study.core.started).toBe(0);
    study.close();
    expect(readStudyOn(disk, folder).trials).toEqual(study.trials());
    expect((await open(large)).trials()).toEqual(study.trials());
  });

  it("the model of its best trial can still be loaded", async () => {
    const { open } = opener();
    const fidelity = { unit: "epochs", min: 1, max: 9 };
    const before = await open(small, { strategy: "hyperband", fidelity, resumable: true });
    await before.optimize(
      ({ config, until, save }) => {
        save(Uint8Array.of(until));
        return loss({ config });
      },
      { trials: 9 },
    );
    const [best] = before.best();
    before.close();
    const study = await open(large, { strategy: "hyperband", fidelity, resumable: true, extend: true });
    expect(study.best()).toEqual([best]);
    expect(study.checkpoint(best!.trial)).toEqual(Uint8Array.of(9));
  });
});

it.each(strategies)("a study over $name can be extended", async ({ name, needs }) => {
  const { open } = opener();
  const fidelity = needs.includes("fidelity") ? { fidelity: { unit: "epochs", min: 1, max: 9 } } : {};
  const more = { strategy: name === "bayesopt" ? { name, options: { askEffort: 64 } } : name, ...fidelity } as object;
  const before = await open(small, more);
  await before.optimize(loss as never, { trials: 6 });
  before.close();
  const study = await open(large, { ...more, extend: true });
  await study.optimize(loss, { trials: 15 });
  expect(study.core.started === 15 || study.core.done).toBe(true);
  expect(study.trials().slice(0, 6)).toEqual(before.trials());
});
