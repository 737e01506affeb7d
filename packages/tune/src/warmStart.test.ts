import { ConfigError, type Event, type History } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy, int, real, type StudyOptions } from "./index.ts";

const space = { x: real(0, 1), n: int(1, 9) };
const objective = ({ config }: { readonly config: { readonly x: number; readonly n: number } }): number => config.x + config.n;

async function earlier(trials: number): Promise<History> {
  const study = createStudy({ space, seed: "earlier", strategy: "random" });
  await study.optimize(objective, { trials });
  return study.core.history;
}

const trap: object = new Proxy(
  {},
  {
    get: () => {
      throw new Error("trap");
    },
  },
);

describe("warmStart", () => {
  it("adds the trials of an earlier study, which count towards no budget", async () => {
    const history = await earlier(12);
    const study = createStudy({ space, strategy: "tpe", warmStart: history });
    expect(study.trials().map(({ config, curve }) => [config, curve[0]!.values])).toEqual(
      history.trials.map(({ config, curve }) => [config, curve[0]!.values]),
    );
    expect([study.core.started, study.best()[0]!.value]).toEqual([0, Math.min(...history.trials.map(({ curve }) => curve[0]!.values[0]!))]);
    await study.optimize(objective, { trials: 5 });
    expect([study.core.started, study.trials().length]).toEqual([5, 17]);
  });

  it("takes effect once: a study that continues from any point of its log is the undisturbed one", async () => {
    const history = await earlier(5);
    const run = async (events: readonly Event[]): Promise<readonly Event[]> => {
      const log = [...events];
      const study = createStudy({ space, strategy: "tpe", warmStart: history, events, onEvent: (event) => log.push(event) });
      await study.optimize(objective, { trials: 8 });
      return log;
    };
    const undisturbed = await run([]);
    expect(undisturbed.filter(({ kind }) => kind === "observed")).toHaveLength(5);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: undisturbed.length }), async (cut) => {
        expect(await run(undisturbed.slice(0, cut))).toEqual(undisturbed);
      }),
    );
  });

  it("leaves a study alone that began with other trials", async () => {
    const log: Event[] = [];
    createStudy({ space, onEvent: (event) => log.push(event) }).observe({ x: 0.5, n: 3 }, 1);
    expect(createStudy({ space, events: log, warmStart: await earlier(5) }).trials()).toHaveLength(1);
  });

  it("refuses trials that do not fit, before it adds any", async () => {
    const log: Event[] = [];
    const narrow = { x: real(0, 1), n: int(1, 2) };
    const history = await earlier(5);
    expect(() => createStudy({ space: narrow, warmStart: history, onEvent: (event) => log.push(event) })).toThrow(
      /parameter|configuration/,
    );
    expect(log).toEqual([]);
  });

  it.each<readonly [string, unknown]>([
    ["null", null],
    ["a number", 5],
    ["an empty object", {}],
    ["a number of trials", { trials: 3 }],
    ["a list of nothing", { trials: [null] }],
    ["a list of empty objects", { trials: [{}] }],
    ["a list without a name", []],
    ["a proxy that throws", trap],
    ["a proxy among the trials", { trials: [trap] }],
  ])("refuses %s, which is no history", (_name, warmStart) => {
    expect(() => createStudy({ space, warmStart } as StudyOptions<typeof space>)).toThrow(ConfigError);
  });
});
