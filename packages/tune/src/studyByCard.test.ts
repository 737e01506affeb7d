import { type Card, ConfigError, complete, compose, real } from "@caviar-hpo/core";
import { gridCard, haltonCard, haltonSampler } from "@caviar-hpo/samplers";
import { describe, expect, it } from "vitest";
import { createStudy as createNamedStudy } from "./index.ts";
import { createStudy, type GivenStrategy } from "./studyByCard.ts";

const space = { x: real(-1, 1) };
const xs = (strategy: GivenStrategy): readonly number[] =>
  createStudy({ space, strategy, seed: 3 })
    .ask({ want: 5 })
    .map(({ config }) => config.x);
const named = (name: string): readonly number[] =>
  createNamedStudy({ space, strategy: { name }, seed: 3 })
    .ask({ want: 5 })
    .map(({ config }) => config.x);

describe("a study by a card", () => {
  it("is the study by its name", async () => {
    expect(xs(haltonCard)).toEqual(named("halton"));
    expect(xs({ card: haltonCard })).toEqual(named("halton"));
    expect(xs({ card: haltonCard, options: {} })).toEqual(named("halton"));
    expect(xs(compose(complete, haltonSampler()))).toEqual(named("halton"));
    const best = await createStudy({ space, strategy: haltonCard }).optimize(({ config }) => config.x ** 2, { trials: 20 });
    expect(best.value).toBeLessThan(0.01);
  });

  it("takes options of the strategy", () => {
    expect([...xs({ card: gridCard, options: { resolution: 5 } })].sort((a, b) => a - b)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(() => xs({ card: gridCard, options: { resolutoin: 5 } })).toThrow('Did you mean "resolution"?');
  });

  it.each([undefined, null, "halton", { name: "halton", options: {} }])("refuses %j, and says where names are taken", (strategy) => {
    expect(() => xs(strategy as unknown as GivenStrategy)).toThrow("createStudy of @caviar-hpo/tune also takes names");
  });

  it("refuses what lacks parts of a card, and a problem that the strategy does not suit", () => {
    const { dependsOn: _missing, ...rest } = haltonCard;
    expect(() => xs(rest as unknown as Card)).toThrow("field dependsOn of card");
    expect(() => xs({ ...haltonCard, needs: ["fidelity"] })).toThrow(ConfigError);
  });
});
