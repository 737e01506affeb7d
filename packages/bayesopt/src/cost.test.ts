import { type Config, choice, createSpace, real, type Study } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { noteOf, open, run, type Said } from "../testing/studies.ts";
import type { Remaining } from "./suggest/remaining.ts";

const space = createSpace({ x: real(0, 1), size: real(0, 1) });
/** The value depends on x alone; a large size costs a hundred times as much. */
const seconds = ({ size }: Config): number => 10 * 100 ** (size as number);
const value = ({ x }: Config): number => ((x as number) - 0.3) ** 2;
const paid = (config: Config): Said => ({ values: [value(config)], costSeconds: seconds(config) });
const spent = (study: Study): number => study.history.trials.reduce((sum, { config }) => sum + seconds(config), 0);
const opened = (costPower: number): Study => open(space, { options: { costPower, initial: 5, askEffort: 200 } });

describe("improvement per second", () => {
  it("takes cheap points where expensive ones are no better", () => {
    const [plain, perSecond] = [0, 1].map((costPower) => run(opened(costPower), 18, paid)) as [Study, Study];
    expect(spent(perSecond)).toBeLessThan(0.6 * spent(plain));
    const [next] = perSecond.ask().jobs;
    expect(next!.config.size).toBeLessThan(0.3);
  });

  it("is noted of the next trial", () => {
    const study = run(opened(1), 10, paid);
    const { next, nextPerSecond } = (noteOf(study.ask().jobs[0]!) as { readonly remaining: Remaining }).remaining;
    expect(nextPerSecond).toBeGreaterThan(0);
    expect(nextPerSecond).toBeLessThanOrEqual(next / 9);
  });

  it("learns from what failed trials cost: where they fail after long, there are fewer trials than where they fail at once", () => {
    const kinds = createSpace({ kind: choice(["a", "b"]), x: real(0, 1) });
    const inB = (costSeconds: number): number => {
      const study = open(kinds, { options: { costPower: 1, initial: 4, askEffort: 200 } });
      for (let trial = 0; trial < 20; trial++) {
        const [job] = study.ask().jobs;
        const { kind, x } = job!.config;
        const fails = kind === "b" && (x as number) > 0.5;
        if (fails) study.fail(job!.id, "threw", { costSeconds });
        else study.tell(job!.id, { values: [((x as number) - 0.4) ** 2], costSeconds: 10 });
      }
      return study.history.trials.filter(({ config, status }) => config.kind === "b" && status === "failed").length;
    };
    expect(inB(10_000)).toBeLessThanOrEqual(inB(0.1));
  });

  it("without costs is the improvement itself", () => {
    const configs = [0, 1].map((costPower) => run(opened(costPower), 12, value).history.trials.map(({ config }) => config));
    expect(configs[1]).toEqual(configs[0]);
  });
});
