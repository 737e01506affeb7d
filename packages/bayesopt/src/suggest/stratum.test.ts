/** Which stratum has its turn, and that a search in it stays there. */
import { type Config, choice, derive, encode, given, int, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { problemModelOf, trialsOf } from "../../testing/problemModels.ts";
import { open, spaceOf } from "../../testing/studies.ts";
import { candidates } from "../search/candidates.ts";
import { unitCube } from "../search/region.ts";
import { eliteOf, stratumInTurn } from "./stratum.ts";

const shape = { level: int(1, 3), c: choice(["a", "b"]), d: given("c", ["b"], int(1, 4)), many: int(1, 9), x: real(0, 1) };
const space = spaceOf(shape);
const configAt = (level: number, c: string, x: number): Config => ({ level, c, ...(c === "b" && { d: 1 }), many: 1, x });

/** Level 1 with "a" is best; "b" does nothing; level 2 is bad, level 3 is worse. */
const known = Array.from({ length: 12 }, (_, at) => {
  const level = at < 6 ? 1 : at < 9 ? 2 : 3;
  const value = (level === 1 ? 0.5 : level === 2 ? 0.6 : 0.9) + 1e-4 * at;
  return { config: configAt(level, at % 2 === 0 ? "a" : "b", ((at * 5) % 12) / 12), value };
});
const modelOf = (trials: typeof known) => problemModelOf(shape, trialsOf(space, trials), { model: "cautious" });
const named = (trials: typeof known, pending: readonly Config[] = []): readonly [string, number] | null => {
  const stratum = stratumInTurn(
    modelOf(trials),
    pending.map((config) => encode(space, config)),
  );
  return stratum === null ? null : [space.params[stratum.axis]![0], stratum.at];
};
const unitOfLevel = (level: number): number => encode(space, configAt(level, "a", 0))[0]!;

describe("the stratum in turn", () => {
  it("is one of a discrete parameter that always exists, has few values, and whose best value is clearly worse", () => {
    // Level 2 comes first by its best value: 3 sqrt 1 < 3 sqrt 2.
    expect(named(known)).toEqual(["level", unitOfLevel(2)]);
  });

  it("is another one after more trials in the first, running ones included", () => {
    const more = [4, 5].map((at) => ({ config: configAt(2, "a", at / 8), value: 0.61 }));
    expect(named([...known, ...more])).toEqual(["level", unitOfLevel(3)]);
    expect(named(known, [configAt(2, "a", 0.3), configAt(2, "b", 0.3)])).toEqual(["level", unitOfLevel(3)]);
  });

  it("is one without trials first", () => {
    expect(named(known.slice(0, 9))).toEqual(["level", unitOfLevel(3)]);
  });

  it("is none where no parameter is discrete, and where every other value is as good as the best", () => {
    expect(named(known.slice(0, 6).map(({ config }, at) => ({ config: { ...config, level: (at % 3) + 1 }, value: 1 })))).toBe(null);
    const plain = { x: real(0, 1) };
    const trials = trialsOf(
      spaceOf(plain),
      [1, 2, 3].map((value) => ({ config: { x: value / 4 }, value })),
    );
    expect(stratumInTurn(problemModelOf(plain, trials, { model: "cautious" }), [])).toBe(null);
  });
});

describe("a search in a stratum", () => {
  it("starts from its best points and from the best others, moved into it, and looks nowhere else", () => {
    const model = modelOf(known);
    const stratum = stratumInTurn(model, [])!;
    const elite = eliteOf(model, stratum);
    expect(elite).toHaveLength(6);
    for (const unit of elite) expect(unit[stratum.axis]).toBe(stratum.at);
    const box = unitCube(space.dims);
    box.lower[stratum.axis] = stratum.at;
    box.upper[stratum.axis] = stratum.at;
    const { features, ensemble } = model;
    const region = { features, box, elite, logLengthscales: ensemble.logLengthscales, fixed: stratum.axis };
    const points = candidates(region, 64, derive(root(1), "candidates"));
    for (let row = 0; row < 64; row++) expect(points[row * space.dims + stratum.axis]).toBe(stratum.at);
  });

  it("gives a trial with another value than the best one has, and names its parameter in the note", () => {
    const study = open(shape, { options: { initial: 6 } });
    let best = { level: 0, value: Infinity };
    let confined = 0;
    for (let trial = 0; trial < 22; trial++) {
      const { id, config, note } = study.ask().jobs[0]!;
      const { stratum } = note as { readonly stratum?: string };
      if (stratum === "level") {
        confined++;
        expect(config.level).not.toBe(best.level);
      }
      const level = config.level as number;
      const value = level === 1 ? 0.5 + 1e-4 * (config.x as number) : 0.6 + 0.1 * level + (config.x as number);
      if (value < best.value) best = { level, value };
      study.tell(id, { values: [value] });
    }
    expect(confined).toBeGreaterThanOrEqual(2);
  });
});
