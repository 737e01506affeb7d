/** The face of a durable study: it is the study of `createStudy`, and it is still there the next day. */
import { adopt, type Strategy } from "@caviar-hpo/core";
import { createStrategy, createStudy, real } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { advance, folder, hyperband, logFile, machineOf, open, optionsOf, random, resume } from "../../testing/durableRun.ts";
import { damaged } from "../../testing/faultRows.ts";
import { type DiskState, emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { openStudyOn } from "./openStudy.ts";
import { readStudyOn } from "./readStudy.ts";
import { encodeRecord } from "./record.ts";
import { repairStudyOn } from "./repairStudy.ts";

const space = { x: real(0, 1), y: real(0, 1) };
const bowl = ({ config }: { readonly config: { readonly x: number; readonly y: number } }): number => (config.x - 0.3) ** 2 + config.y;

/** Opens a study in another process each time. */
function opener(start: DiskState = emptyDisk) {
  const disk = faultyDisk(start);
  let pid = 1;
  return { disk, seams: () => ({ disk, machine: machineOf(pid++) }) };
}

describe("a durable study", () => {
  it("finds what the study in memory finds, in one go or in three", async () => {
    const { seams, disk } = opener();
    const memory = createStudy({ space, seed: 4, strategy: "tpe" });
    const expected = await memory.optimize(bowl, { trials: 30 });
    for (const trials of [10, 20, 30]) {
      const study = await openStudyOn(seams(), "runs/one", { space, seed: 4, strategy: "tpe" });
      const best = await study.optimize(bowl, { trials });
      if (trials === 30) expect(best).toEqual(expected);
      expect(study.trials()).toHaveLength(trials);
      study.close();
    }
    expect(readStudyOn(disk, "runs/one").history.trials).toEqual(memory.core.history.trials);
  });

  it("is asked and told by hand, takes guesses and results from elsewhere, and keeps failures", async () => {
    const { seams } = opener();
    const study = await openStudyOn(seams(), "hand", { space, goal: "maximize" });
    study.enqueue({ x: 0.25, y: 0.5 });
    study.observe({ x: 0.75, y: 0.5 }, 3);
    const [first, second] = study.ask({ want: 2 });
    study.tell(first!.id, { value: 4, costSeconds: 2 });
    study.fail(second!.id, "infeasible");
    study.close();
    const again = await openStudyOn(seams(), "hand", { space, goal: "maximize" });
    expect(again.best()).toEqual([{ trial: 1, config: { x: 0.25, y: 0.5 }, value: 4, values: [4] }]);
    expect(again.trials().map(({ status }) => status)).toEqual(["finished", "finished", "failed"]);
    again.close();
  });

  it("has jobs that ran when its process was killed, and optimize runs them first", async () => {
    const { seams } = opener();
    const study = await openStudyOn(seams(), "jobs", { space });
    const [job] = study.ask();
    const again = await openStudyOn(seams(), "jobs", { space });
    expect(again.core.history.running).toEqual([job]);
    const seen: number[] = [];
    await again.optimize(
      (assignment) => {
        seen.push(assignment.trial);
        return bowl(assignment);
      },
      { trials: 2 },
    );
    expect(seen).toEqual([0, 1]);
  });

  it("tells its listener of an event once it is stored, and takes none after it was closed", async () => {
    const { seams, disk } = opener();
    const sizes: number[] = [];
    const study = await openStudyOn(seams(), folder, {
      space,
      onEvent: () => sizes.push(filesOf(disk.state())[logFile]!.toString().split("\n").length),
    });
    study.ask();
    expect(sizes).toEqual([3]);
    study.close();
    study.close();
    expect(() => study.ask()).toThrow(expect.objectContaining({ code: "closedStudy" }));
  });

  it("refuses options that make no sense before it makes a folder", async () => {
    const { seams, disk } = opener();
    for (const wrong of [{ snapshotEvery: 0 }, { sync: "never" }, { waitSeconds: -1 }, { events: [] }, { takeover: true }])
      await expect(openStudyOn(seams(), folder, { space, ...wrong } as never)).rejects.toMatchObject({ name: "ConfigError" });
    expect(filesOf(disk.state())).toEqual({});
  });

  it("is the same whether an option of its strategy is undefined or left out", async () => {
    const { seams } = opener();
    (await openStudyOn(seams(), folder, { space, strategy: { name: "tpe", options: { startup: undefined } as never } })).close();
    (await openStudyOn(seams(), folder, { space, strategy: "tpe" })).close();
  });

  it("leaves no lock behind if it cannot be opened", async () => {
    const { seams, disk } = opener();
    await expect(openStudyOn(seams(), folder, { space, strategy: "nothing" })).rejects.toMatchObject({ name: "ConfigError" });
    expect(Object.keys(filesOf(disk.state()))).toEqual([]);
    (await openStudyOn(seams(), folder, { space })).close();
  });

  it("writes fewer snapshots the longer it is, and keeps two", async () => {
    const { seams, disk } = opener();
    const written = new Set<string>();
    const study = await openStudyOn(seams(), folder, {
      space,
      strategy: "random",
      snapshotEvery: 10,
      onEvent: () => {
        for (const path of Object.keys(filesOf(disk.state()))) if (path.includes("snapshot-")) written.add(path);
      },
    });
    for (let trial = 0; trial < 150; trial++) study.tell(study.ask()[0]!.id, trial);
    expect(written.size).toBeGreaterThan(10);
    expect(written.size).toBeLessThan(20);
    expect(Object.keys(filesOf(disk.state())).filter((path) => path.includes("snapshot-"))).toHaveLength(2);
  });

  it("is taken over by a study of a changed space through adopt", async () => {
    const { seams, disk } = opener();
    const old = await openStudyOn(seams(), "old", { space });
    await old.optimize(bowl, { trials: 5 });
    old.close();
    const wider = { x: real(0, 2), y: real(0, 1) };
    const study = await openStudyOn(seams(), "new", { space: wider });
    adopt(study.core, readStudyOn(disk, "old").history);
    expect(study.trials().map(({ config }) => config)).toEqual(old.trials().map(({ config }) => config));
    study.close();
  });

  it("whose disk cannot take a snapshot says so once, and continues", async () => {
    const codes: string[] = [];
    const disk = faultyDisk(emptyDisk, ({ kind, path }) =>
      kind === "rename" && path.includes("snapshot-") ? { kind: "error", code: "EIO" } : null,
    );
    const study = await open(disk, { ...optionsOf(random), onNotice: ({ code }) => codes.push(code) });
    advance(study, 0, 20);
    expect(new Set(codes)).toEqual(new Set(["snapshotNotWritten"]));
    expect((await resume(disk.state(), optionsOf(random), 30)).recovered).toBe(20);
  });
});

describe("checkpoints", () => {
  const options = {
    space,
    strategy: { name: "successiveHalving" },
    fidelity: { unit: "epochs", min: 1, max: 9 },
    resumable: true,
  } as const;
  const train = ({
    config,
    until,
    load,
    save,
  }: {
    config: { x: number; y: number };
    until: number;
    load(): Uint8Array | null;
    save(bytes: Uint8Array): void;
  }): number => {
    const from = load()?.[0] ?? 0;
    epochs += until - from;
    save(Uint8Array.of(until));
    return bowl({ config }) + 1 / until;
  };
  let epochs = 0;

  it("continue a training in another process, and are deleted with the trials that have lost", async () => {
    const { seams, disk } = opener();
    epochs = 0;
    for (const trials of [3, 9]) {
      const study = await openStudyOn(seams(), folder, options);
      await study.optimize(train, { trials });
      study.close();
    }
    const study = await openStudyOn(seams(), folder, options);
    const [best] = study.best();
    const reached = study.trials().reduce((sum, { curve }) => sum + (curve.at(-1)?.fidelity ?? 0), 0);
    expect(epochs).toBe(reached);
    expect(study.checkpoint(best!.trial)).toEqual(Uint8Array.of(9));
    const discarded = study.trials().filter(({ status }) => status === "discarded");
    const kept = Object.keys(filesOf(disk.state())).flatMap((path) => /checkpoints\/(\d+)@/.exec(path)?.[1] ?? []);
    expect(discarded.length).toBeGreaterThan(3);
    expect(kept.filter((trial) => discarded.some(({ id }) => id === Number(trial)))).toEqual([]);
  });

  it("that a crash kept from being deleted are deleted at the next start", async () => {
    const { seams, disk } = opener();
    const study = await openStudyOn(seams(), folder, options);
    await study.optimize(train, { trials: 9 });
    study.close();
    const { id } = study.trials().find(({ status }) => status === "discarded")!;
    const path = `${folder}/checkpoints/${id}@1`;
    const left = opener(withFiles(disk.state(), { [path]: Buffer.from("x") }));
    (await openStudyOn(left.seams(), folder, options)).close();
    expect(Object.keys(filesOf(left.disk.state()))).not.toContain(path);
  });

  it("that are damaged count as missing, with a notice", async () => {
    const { seams, disk } = opener();
    const study = await openStudyOn(seams(), folder, options);
    await study.optimize(train, { trials: 9 });
    study.close();
    const [best] = study.best();
    const [path, bytes] = Object.entries(filesOf(disk.state())).find(([name]) => name.includes(`checkpoints/${best!.trial}@9`))!;
    for (let at = 0; at < bytes.length; at++) {
      const codes: string[] = [];
      const left = opener(withFiles(disk.state(), { [path]: damaged(bytes, at, "flip") }));
      const again = await openStudyOn(left.seams(), folder, { ...options, onNotice: ({ code }) => codes.push(code) });
      expect(again.checkpoint(best!.trial)).not.toEqual(Uint8Array.of(9));
      expect(codes).toContain("checkpointDamaged");
    }
  });

  it("are not written by a process from which the study was taken over", async () => {
    const { seams, disk } = opener();
    const study = await openStudyOn(seams(), folder, options);
    const late = study.optimize(
      async ({ until, save }) => {
        (await openStudyOn(seams(), folder, { ...options, takeOver: true })).close();
        save(Uint8Array.of(until));
        return 1;
      },
      { trials: 1 },
    );
    await expect(late).rejects.toMatchObject({ code: "takenOver" });
    expect(Object.keys(filesOf(disk.state())).filter((path) => path.includes("checkpoints"))).toEqual([]);
  });

  it("must be bytes", async () => {
    const study = await openStudyOn(opener().seams(), folder, options);
    const wrong = study.optimize(
      ({ save }) => {
        save({ epoch: 1 } as never);
        return 1;
      },
      { trials: 1 },
    );
    await expect(wrong).rejects.toThrow(/checkpoint of save: expected bytes/);
  });
});

describe("reading", () => {
  it("gives trials and best without the strategy, while the study is written", async () => {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk, optionsOf(hyperband));
    for (let events = 0; events < 40; events++) {
      const stored = readStudyOn(disk, folder);
      expect(stored.trials).toEqual(study.trials());
      expect(stored.best()).toEqual(study.best());
      advance(study, events, events + 1);
    }
    expect(readStudyOn(disk, folder)).toMatchObject({ folder, seed: "durable", strategy: { name: "hyperband", options: {} } });
  });

  it("leaves out a record that is being written, and changes nothing", async () => {
    const disk = faultyDisk(emptyDisk);
    advance(await open(disk, optionsOf(random)), 0, 12);
    const whole = readStudyOn(disk, folder).trials;
    const state = withFiles(disk.state(), {
      [logFile]: Buffer.concat([filesOf(disk.state())[logFile]!, encodeRecord(13, { kind: "asked" }).subarray(0, 30)]),
    });
    const reader = faultyDisk(state, () => ({ kind: "error", code: "EROFS" }));
    expect(readStudyOn(reader, folder).trials).toEqual(whole);
  });

  it("says when there is no study", () => {
    expect(() => readStudyOn(faultyDisk(emptyDisk), "nowhere")).toThrow(expect.objectContaining({ code: "noStudy" }));
  });
});

describe("repair", () => {
  const seams = (disk: ReturnType<typeof faultyDisk>) => ({ disk, machine: machineOf(99) });

  async function closed(): Promise<DiskState> {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk, optionsOf(random));
    advance(study, 0, 30);
    study.close();
    return disk.state();
  }

  it("cuts the log before the damage, keeps the old one, and the study continues with the bits of that moment", async () => {
    const state = await closed();
    const log = filesOf(state)[logFile]!;
    const undisturbed = (await resume(state, optionsOf(random), 40)).remains;
    for (let at = 1; at < log.length; at += 211) {
      const bad = damaged(log, at, "flip");
      const disk = faultyDisk(withFiles(state, { [logFile]: bad }));
      const before = log.subarray(0, log.lastIndexOf("\n", at - 1) + 1).toString("latin1");
      const events = before.match(/"kind":"(?:asked|told|failed|enqueued|observed)"/g)?.length ?? 0;
      expect(repairStudyOn(seams(disk), folder)).toMatchObject({
        events,
        damage: expect.stringMatching(/byte \d+: expected|torn record/),
        oldLog: `${logFile}.damaged-1`,
      });
      expect(filesOf(disk.state())[`${logFile}.damaged-1`]).toEqual(bad);
      expect(repairStudyOn(seams(disk), folder)).toEqual({ events, lostBytes: 0, damage: null, oldLog: null });
      expect((await resume(disk.state(), optionsOf(random), 40)).remains).toEqual(undisturbed);
    }
  });

  it("that is killed at any moment leaves the damaged log or the repaired one", async () => {
    const state = await closed();
    const bad = withFiles(state, { [logFile]: damaged(filesOf(state)[logFile]!, 900, "flip") });
    const states: DiskState[] = [];
    const watched = faultyDisk(bad, (_operation, _index, at) => {
      states.push(at);
      return null;
    });
    repairStudyOn(seams(watched), folder);
    expect(states.length).toBeGreaterThan(10);
    for (const one of states) {
      const disk = faultyDisk(one);
      repairStudyOn({ disk, machine: machineOf(100) }, folder);
      expect(repairStudyOn({ disk, machine: machineOf(101) }, folder).damage).toBeNull();
    }
  });

  it("leaves an open study alone, and a study with the log of another one", async () => {
    const disk = faultyDisk(await closed());
    const study = await openStudyOn({ disk, machine: machineOf(1) }, folder, optionsOf(random));
    const living = { ...machineOf(99), processOf: () => ({ running: true, started: "0" }) };
    expect(() => repairStudyOn({ disk, machine: living }, folder)).toThrow(expect.objectContaining({ code: "locked" }));
    study.close();
    const stray = faultyDisk(withFiles(disk.state(), { [logFile]: encodeRecord(0, { head: "0" }) }));
    expect(() => repairStudyOn(seams(stray), folder)).toThrow(expect.objectContaining({ code: "otherLog" }));
  });
});

it("a strategy that breaks the contract leaves a log that opens", async () => {
  const disk = faultyDisk(emptyDisk);
  const sound = createStrategy("random");
  const broken: Strategy = {
    ...sound,
    ask: (state, context, want, next) =>
      next > 2 ? { proposals: [], directives: [], then: "more" } : sound.ask(state, context, want, next),
  };
  const study = await openStudyOn({ disk, machine: machineOf(1) }, folder, { space, strategy: broken });
  for (let trial = 0; trial < 3; trial++) study.tell(study.ask()[0]!.id, 1);
  expect(() => study.ask()).toThrow(expect.objectContaining({ code: "brokenContract" }));
  study.close();
  const again = await openStudyOn({ disk, machine: machineOf(2) }, folder, { space, strategy: sound });
  expect(again.trials()).toHaveLength(3);
});
