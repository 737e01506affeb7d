import { type Beliefs, believe, createSpace, real, type Study } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { branin, leastOf, open, run } from "../testing/studies.ts";

const plain = createSpace({ x: real(-5, 10), y: real(0, 15) });
const good: Beliefs = { params: { x: { near: 3, sd: 0.1 }, y: { near: 2.5, sd: 0.1 } } };
const bad: Beliefs = { params: { x: { near: -4.5, sd: 0.1 }, y: { near: 1, sd: 0.1 } } };
const seeds = [1, 2, 3];

function studyWith(beliefs: Beliefs | null, seed: number, trials: number, options = {}): Study {
  const space = beliefs === null ? plain : believe(plain, beliefs);
  const study = open(space, { seed, options: { askEffort: 200, ...options } });
  return run(study, trials, ({ x, y }) => branin(x as number, y as number));
}

describe("beliefs", () => {
  it("that are good find the minimum sooner", () => {
    const [believed, without] = [good, null].map((beliefs) => seeds.reduce((sum, seed) => sum + leastOf(studyWith(beliefs, seed, 10)), 0));
    expect(believed).toBeLessThan(0.3 * without!);
  });

  it("that are bad are forgotten", () => {
    for (const seed of seeds) expect(leastOf(studyWith(bad, seed, 35))).toBeLessThan(0.05);
  });

  it("of strength 0 change nothing", () => {
    const configs = [good, null].map((beliefs) =>
      studyWith(beliefs, 1, 10, { beliefStrength: 0 }).history.trials.map(({ config }) => config),
    );
    expect(configs[0]).toEqual(configs[1]);
  });

  it("decide where every second point of the design lies", () => {
    const near = studyWith(good, 1, 5).history.trials.map(({ config: { x, y } }) => Math.hypot((x as number) - 3, (y as number) - 2.5) < 6);
    expect([near[0], near[2], near[4]]).toEqual([true, true, true]);
  });
});
