import { real, StateError, trialId } from "@caviar-hpo/core";
import { beforeEach, describe, expect, test } from "vitest";
import {
  advance,
  contentOf,
  failingDatabases,
  freshName,
  logOf,
  optionsOf,
  type RunOptions,
  remainsOf,
  reopen,
  type Subject,
  seamsHere,
  subjects,
  tamper,
} from "../../testing/browserRun.ts";
import { type BrowserSeams, openBrowserStudyOn } from "./openBrowserStudy.ts";
import { deleteBrowserStudyOn, readBrowserStudyOn } from "./readBrowserStudy.ts";

let seams: BrowserSeams;
let name: string;

beforeEach(async () => {
  seams = await seamsHere();
  name = freshName();
  await deleteBrowserStudyOn(seams, name);
});

const random = subjects[0]!;
const open = (options: RunOptions = optionsOf(random)) => openBrowserStudyOn(seams, name, options);
/** Events of a run that is long enough for a snapshot. */
const length = 130;

async function undisturbed(subject: Subject, events: number) {
  const other = freshName();
  await deleteBrowserStudyOn(seams, other);
  const study = await reopen(seams, other, optionsOf(subject));
  advance(study, 0, events);
  return remainsOf(seams, study);
}

describe.each(subjects.map((subject) => [subject.name, subject] as const))("a study of %s", (_, subject) => {
  test("that is left and opened again continues with the bits of one that was never left", async () => {
    let reached = 0;
    for (const events of [1, 2, 40, 101, 113, length]) {
      const study = await reopen(seams, name, optionsOf(subject));
      advance(study, reached, events);
      await study.saved();
      reached = (await logOf(seams, name)).length;
    }
    const study = await reopen(seams, name, optionsOf(subject));
    expect(await remainsOf(seams, study)).toEqual(await undisturbed(subject, length));
  });
});

test.each([2, 3, 4, 6, 9])(
  "if transaction %i fails, the study takes no more events, and what was stored continues with the same bits",
  async (failing) => {
    const subject = subjects[2]!;
    const faulty = { ...seams, databases: failingDatabases(seams.databases, failing) };
    const study = await openBrowserStudyOn(faulty, name, optionsOf(subject));
    const failure = expect.objectContaining({ code: "diskFailed" });
    let stored = 0;
    const run = async (): Promise<void> => {
      for (let index = 0; index < 40; index += 5) {
        advance(study, index, index + 5);
        await study.saved();
        stored = index + 5;
      }
    };
    await expect(run()).rejects.toEqual(failure);
    expect(() => study.core.ask({ want: 1 })).toThrow(failure);
    await expect(study.close()).rejects.toEqual(failure);
    expect((await logOf(seams, name)).length).toBe(stored);
    const again = await reopen(seams, name, optionsOf(subject));
    advance(again, stored, 60);
    expect(await remainsOf(seams, again)).toEqual(await undisturbed(subject, 60));
  },
);

test("events that happen together are stored in one transaction, in their order", async () => {
  // The first transaction reads what is stored, the second one stores the head.
  const study = await openBrowserStudyOn({ ...seams, databases: failingDatabases(seams.databases, 3) }, name, optionsOf(random));
  advance(study as never, 0, 30);
  await study.saved();
  const kinds = (await logOf(seams, name)).map((text) => JSON.parse(text).kind);
  expect([kinds.length, ...kinds.slice(0, 6)]).toEqual([30, "asked", "told", "told", "asked", "enqueued", "failed"]);
  advance(study as never, 30, 31);
  await expect(study.saved()).rejects.toMatchObject({ code: "diskFailed" });
});

describe("one writer", () => {
  test("a second tab is refused while the first has the study open, and gets it after the first has closed it", async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: "locked" });
    advance(first as never, 0, 10);
    await first.close();
    const second = await open();
    expect(second.trials()).toEqual(first.trials());
    await second.close();
  });

  test.each([
    ["with Web Locks", (all: BrowserSeams) => all],
    ["without Web Locks", (all: BrowserSeams) => ({ ...all, locks: null })],
  ])("%s, a tab that takes the study over is its writer, and the earlier tab can store nothing more", async (_, change) => {
    const tabs = change(seams);
    const first = await reopen(tabs, name, optionsOf(random));
    advance(first, 0, 20);
    await first.saved();
    const second = await reopen(tabs, name, optionsOf(random));
    const late = async (): Promise<void> => {
      advance(first, 20, 25);
      await first.saved();
    };
    await expect(late()).rejects.toMatchObject({ code: "takenOver" });
    expect(() => first.core.ask({ want: 1 })).toThrow(StateError);
    advance(second, 20, 40);
    expect(await remainsOf(tabs, second)).toEqual(await undisturbed(random, 40));
  });

  test("a study that is closed takes no more events", async () => {
    const study = await open();
    advance(study as never, 0, 3);
    await study.close();
    expect(() => study.ask()).toThrow(expect.objectContaining({ code: "closedStudy" }));
  });
});

describe("optimize", () => {
  const options = { space: { x: real(0, 1) }, seed: 3, strategy: "tpe" } as const;
  const bowl = ({ config }: { readonly config: { readonly x: number } }): number => (config.x - 0.4) ** 2;

  test("ends once all trials are stored, and a later page continues to the total", async () => {
    const monday = await openBrowserStudyOn(seams, name, options);
    await monday.optimize(bowl, { trials: 12 });
    const { trials, best } = await readBrowserStudyOn(seams.databases, name);
    expect(trials).toEqual(monday.trials());
    expect(best()).toEqual(monday.best());
    await monday.close();
    const tuesday = await openBrowserStudyOn(seams, name, options);
    await tuesday.optimize(bowl, { trials: 30 });
    expect(tuesday.trials()).toHaveLength(30);
    expect(tuesday.trials().slice(0, 12)).toEqual(trials);
    await tuesday.close();
  });

  test("notes how it ended, when each trial ran, and what the user notes; an extended study keeps all of it", async () => {
    let now = 1000;
    const timed = { ...options, nowMs: () => now };
    const study = await openBrowserStudyOn(seams, name, timed);
    const endings: unknown[] = [];
    await study.optimize(
      (assignment) => {
        now += 2000;
        return bowl(assignment);
      },
      { trials: 3, onEnd: (ending) => endings.push(ending) },
    );
    study.annotate(2, { looksGood: true });
    study.annotate(null, { owner: "Ada" });
    expect(() => study.annotate(3, {})).toThrow(expect.objectContaining({ code: "unknownTrial" }));
    const before = study.trials();
    expect(before[2]).toMatchObject({
      startedAtMs: 5000,
      endedAtMs: 7000,
      durationSeconds: 2,
      worker: null,
      annotations: { looksGood: true },
    });
    expect(study.annotations()).toEqual({ owner: "Ada" });
    await study.close();
    const ended = { rule: "trials", reason: "The budget of 3 trials is spent." };
    expect(endings).toEqual([ended]);
    expect(await readBrowserStudyOn(seams.databases, name)).toMatchObject({
      ended: { ...ended, atMs: 7000 },
      annotations: { owner: "Ada" },
    });
    const wider = { ...timed, space: { x: real(0, 2) } };
    await expect(openBrowserStudyOn(seams, name, wider)).rejects.toMatchObject({
      code: "otherStudy",
      remedy:
        "To extend the study to the larger space, pass extend: true. For any other change, open another name with warmStart: await readBrowserStudy(oldName).",
    });
    const extended = await openBrowserStudyOn(seams, name, { ...wider, extend: true });
    expect(extended.trials()).toEqual(before);
    await extended.optimize(bowl, { trials: 30 });
    expect(extended.trials()).toHaveLength(30);
    expect(extended.trials().some(({ config }) => (config as { readonly x: number }).x > 1)).toBe(true);
    await extended.close();
    const read = await readBrowserStudyOn(seams.databases, name);
    expect(read.trials).toEqual(extended.trials());
    expect(read.problem.space.params).toMatchObject([["x", { high: 2 }]]);
    await expect(openBrowserStudyOn(seams, name, { ...timed, extend: true })).rejects.toMatchObject({ code: "otherStudy" });
  });

  test("rejects if the browser cannot store the trials", async () => {
    const study = await openBrowserStudyOn({ ...seams, databases: failingDatabases(seams.databases, 3) }, name, options);
    await expect(study.optimize(bowl, { trials: 12 })).rejects.toMatchObject({ code: "diskFailed" });
    await expect(study.close()).rejects.toMatchObject({ code: "diskFailed" });
  });

  test("finds checkpoints again, and those of trials that were given up are deleted", async () => {
    const trained = {
      space: { x: real(0.01, 1) },
      fidelity: { unit: "epochs", min: 1, max: 9 },
      resumable: true,
      strategy: "successiveHalving",
    } as const;
    let epochs = 0;
    for (const trials of [4, 9]) {
      const study = await openBrowserStudyOn(seams, name, trained);
      await study.optimize(
        ({ config, until, load, save }) => {
          const saved = load();
          let [epoch, weight] = saved === null ? [0, 0] : (new Float64Array(saved.buffer) as unknown as [number, number]);
          for (; epoch < until; epoch++, epochs++) weight += config.x * (1 - weight);
          save(new Uint8Array(Float64Array.of(epoch, weight).buffer));
          return (weight - 1) ** 2;
        },
        { trials },
      );
      expect(study.trials().reduce((sum, { curve }) => sum + (curve.at(-1)?.fidelity ?? 0), 0)).toBe(epochs);
      const kept = study.trials().filter(({ status }) => status !== "discarded");
      expect(kept.length).toBeLessThan(trials);
      expect(kept.every(({ id }) => study.checkpoint(id) !== null)).toBe(true);
      const stored = await contentOf(seams.databases, name, "checkpoints");
      expect(stored).toHaveLength(kept.reduce((sum, { curve }) => sum + curve.length, 0));
      await study.close();
    }
  });

  test("a checkpoint that is no bytes is refused", async () => {
    const study = await openBrowserStudyOn(seams, name, { ...options, fidelity: { unit: "epochs", min: 1, max: 3 }, resumable: true });
    const objective = ({ save }: { save(checkpoint: Uint8Array): void }): number => {
      save({ weights: [1] } as never);
      return 1;
    };
    await expect(study.optimize(objective, { trials: 1 })).rejects.toThrow();
    expect(study.trials()[0]!.failure!.error).toContain("expected bytes (a Uint8Array)");
    await study.close();
  });
});

describe("what is stored", () => {
  test("another space, seed or strategy is refused, and the error says what differs", async () => {
    await (await open()).close();
    const other = open({ ...optionsOf(random), seed: 2 });
    await expect(other).rejects.toMatchObject({ code: "otherStudy", expected: 'seed "browser"', got: "seed 2" });
    await expect(open({ ...optionsOf(random), strategy: "tpe" })).rejects.toMatchObject({ got: 'strategy.name "tpe"' });
    // The failed calls have released the lock.
    await (await open()).close();
  });

  test("the options of a strategy belong to the study", async () => {
    const tpe = (options: object): RunOptions => ({ ...optionsOf(random), strategy: { name: "tpe", options: options as never } });
    await (await open(tpe({ startup: 5 }))).close();
    await expect(open(tpe({ startup: 6 }))).rejects.toMatchObject({ got: "strategy.options.startup 6" });
  });

  test("a log that was changed is refused: a gap, a text that is no event, another answer of the strategy", async () => {
    const study = await open();
    advance(study as never, 0, 12);
    await study.close();
    const log = await logOf(seams, name);
    await tamper(seams, name, "study", (store) => store.delete("snapshot"));
    await tamper(seams, name, "log", (store) => store.put(log[0]!.replace(/"learningRate":[\d.]+/, '"learningRate":0.5'), 0));
    await expect(open()).rejects.toMatchObject({ code: "diverged" });
    await tamper(seams, name, "log", (store) => store.put('{"kind":"told"}', 0));
    await expect(open()).rejects.toMatchObject({ code: "corrupt" });
    await tamper(seams, name, "log", (store) => store.put(7, 0));
    await expect(open()).rejects.toMatchObject({ code: "corrupt" });
    await tamper(seams, name, "log", (store) => store.delete(0));
    await expect(open()).rejects.toMatchObject({ code: "corrupt", expected: "record 0", got: "record 1" });
  });

  test("a study of a later version is refused", async () => {
    await (await open()).close();
    await tamper(seams, name, "study", (store) => store.put('{"format":3,"kind":"study","log":2}', "head"));
    await expect(open()).rejects.toMatchObject({ code: "laterFormat" });
  });

  test("reading works while a tab writes, and finds no study where there is none", async () => {
    await expect(readBrowserStudyOn(seams.databases, name)).rejects.toMatchObject({ code: "noStudy" });
    await expect(readBrowserStudyOn(seams.databases, name)).rejects.toMatchObject({ code: "noStudy" });
    const study = await open();
    advance(study as never, 0, 9);
    await study.saved();
    const read = await readBrowserStudyOn(seams.databases, name);
    expect(read.trials).toEqual(study.trials());
    expect(read).toMatchObject({ name, seed: "browser", strategy: { name: "random", options: {} } });
    await study.close();
  });

  test("a study that a tab has open is not deleted; later it is", async () => {
    const study = await open();
    advance(study as never, 0, 9);
    await expect(deleteBrowserStudyOn(seams, name)).rejects.toMatchObject({ code: "locked" });
    await study.close();
    await deleteBrowserStudyOn(seams, name);
    const again = await open();
    expect(again.trials()).toEqual([]);
    await again.close();
  });

  test("without Web Locks, a tab that has the study open learns that it was deleted", async () => {
    const tabs = { ...seams, locks: null };
    const study = await reopen(tabs, name, optionsOf(random));
    await deleteBrowserStudyOn(tabs, name);
    expect(() => study.core.ask({ want: 1 })).toThrow(expect.objectContaining({ code: "takenOver" }));
  });

  test("a name is a text, and an option that is not known is refused", async () => {
    await expect(openBrowserStudyOn(seams, "", optionsOf(random))).rejects.toMatchObject({ code: "badName" });
    await expect(open({ ...optionsOf(random), events: [] } as never)).rejects.toMatchObject({ got: '"events"' });
  });

  test("a database of format 1, whose trials have no times, opens with its snapshot and without it, and continues", async () => {
    const study = await reopen(seams, name, optionsOf(random));
    advance(study, 0, 110);
    const { trials } = study.core.history;
    await study.close();
    const [head, snapshot] = await contentOf(seams.databases, name, "study");
    const { records, ...state } = JSON.parse(snapshot as string);
    await tamper(seams, name, "study", (store) => {
      store.put((head as string).replace('{"format":2', '{"format":1'), "head");
      store.put(JSON.stringify({ events: records, ...state }), "snapshot");
    });
    for (const forgets of [false, true]) {
      if (forgets) await tamper(seams, name, "study", (store) => store.delete("snapshot"));
      const again = await reopen(seams, name, optionsOf(random));
      expect(again.core.history.trials).toEqual(trials);
      expect(again.trials()[0]).toMatchObject({ startedAtMs: null, endedAtMs: null, durationSeconds: null, annotations: {} });
    }
    const again = await reopen(seams, name, { ...optionsOf(random), nowMs: () => 5000 });
    const [job] = again.ask();
    again.annotate(job!.trial, { note: 1 });
    await again.close();
    const read = await readBrowserStudyOn(seams.databases, name);
    expect(read.trials[job!.trial]).toMatchObject({ startedAtMs: 5000, annotations: { note: 1 } });
  });

  test("a snapshot is used: the events before it are not asked for again", async () => {
    const study = await open();
    advance(study as never, 0, length);
    await study.close();
    const log = await logOf(seams, name);
    // With a snapshot, an early event is not recomputed. So a change of it, which a replay would refuse, passes.
    await tamper(seams, name, "log", (store) => store.put(log[0]!.replace(/"learningRate":[\d.]+/, '"learningRate":0.5'), 0));
    const again = await open();
    expect(again.trials()[trialId(0)]!.config.learningRate).toBe(0.5);
    await again.close();
  });
});
