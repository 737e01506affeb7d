import type { Notice } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { createStudy, type ObjectiveFunction, real, type Study, type StudyOptions } from "./index.ts";

const space = { rate: real(1e-4, 1, { scale: "log" }) };
const fidelity = { unit: "epochs", min: 1, max: 9, whole: true } as const;
const strategy = { name: "hyperband", options: { iterations: 1 } };
type Config = { readonly rate: number };

function trained(options: Partial<StudyOptions<typeof space, number>>): Study<Config, number> {
  return createStudy<typeof space, number>({ space, fidelity, strategy, ...options });
}

const synchronous = ({ config }: { readonly config: Config }): number => config.rate;

describe("a study gives notice", () => {
  it("of a synchronous objective, once, however many trials and calls of optimize there are", async () => {
    const notices: Notice[] = [];
    const study = createStudy({ space, strategy: "random", onNotice: (notice) => notices.push(notice) });
    for (const trials of [5, 9]) await study.optimize(synchronous, { trials, workers: 2 });
    expect(notices.map(({ code, message }) => [code, message])).toEqual([
      ["synchronousObjective", "it returns no promise, so only one of the 2 workers can work at a time"],
    ]);
  });

  it("not of an asynchronous objective, or one that is synchronous with one worker and no limits", async () => {
    const onNotice = (notice: Notice): never => {
      throw new Error(notice.code);
    };
    await createStudy({ space, strategy: "random", onNotice }).optimize(async ({ config }) => config.rate, { trials: 5, workers: 2 });
    await createStudy({ space, strategy: "random", onNotice }).optimize(synchronous, { trials: 5 });
  });

  it("to the onNotice of optimize instead, where that is given", async () => {
    const [ofStudy, ofCalls]: [Notice[], Notice[]] = [[], []];
    const study = createStudy({ space, strategy: "random", onNotice: (notice) => ofStudy.push(notice) });
    for (const trials of [5, 9])
      await study.optimize(synchronous, { trials, signal: new AbortController().signal, onNotice: (notice) => ofCalls.push(notice) });
    expect([ofStudy, ofCalls.map(({ code }) => code)]).toEqual([[], ["synchronousObjective", "synchronousObjective"]]);
  });

  it("of checkpoints that are saved and dropped, since the problem is not resumable", async () => {
    const objective: ObjectiveFunction<Config, number> = async ({ config, until, save }) => {
      save(until);
      return config.rate;
    };
    const heard = async (options: Partial<StudyOptions<typeof space, number>>): Promise<readonly string[]> => {
      const codes: string[] = [];
      await trained({ ...options, onNotice: ({ code }) => codes.push(code) }).optimize(objective, { trials: 17 });
      return codes;
    };
    expect(await heard({})).toEqual(["checkpointDropped"]);
    expect(await heard({ checkpoints: new Map() })).toEqual([]);
    expect(await heard({ resumable: true })).toEqual([]);
  });

  it("of a checkpoint that is not there when a trial continues, saying which", async () => {
    const heard = async (forgets: boolean): Promise<readonly Notice[]> => {
      const notices: Notice[] = [];
      const study = trained({ checkpoints: new Map(), onNotice: (notice) => notices.push(notice) });
      await study.optimize(
        async ({ config, until, load, save }) => {
          load();
          if (!forgets) save(until);
          return config.rate;
        },
        { trials: 17 },
      );
      return notices;
    };
    expect(await heard(false)).toEqual([]);
    const [first, ...more] = await heard(true);
    expect(first).toMatchObject({ code: "checkpointMissing", what: "load" });
    expect(first!.message).toMatch(/^there is no checkpoint of trial \d+ at fidelity 1, so it trains from scratch$/);
    expect(more).toEqual([]);
  });

  it("and none of them changes the log or stands in it", async () => {
    const logOf = async (onNotice?: (notice: Notice) => void): Promise<string> => {
      const events: unknown[] = [];
      const study = trained({ seed: 4, onEvent: (event) => events.push(event), ...(onNotice && { onNotice }) });
      await study.optimize(
        ({ config, until, save }) => {
          save(until);
          return config.rate / until;
        },
        { trials: 17, workers: 3 },
      );
      return JSON.stringify(events);
    };
    const codes: string[] = [];
    expect(await logOf(({ code }) => codes.push(code))).toBe(await logOf());
    expect(codes).toEqual(["checkpointDropped", "synchronousObjective"]);
  });
});
