import { ConfigError, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { multiFidelityFunction } from "./catalogue.ts";
import { problemCard, problemCardText } from "./problemCard.ts";

const configurations = 400;

describe("a problem card", () => {
  it("has a row for every rung, from the lowest fidelity to the highest, where everything is known", () => {
    const card = problemCard(multiFidelityFunction("curves-aligned-branin"), { configurations });
    expect(card).toMatchObject({ configurations, eta: 3, unit: "epoch", resumable: true, optimum: 0 });
    expect(card.rungs.map(({ fidelity }) => fidelity)).toEqual([1, 3, 9, 27, 81]);
    expect(card.rungs.at(-1)).toMatchObject({ tau: 1, kept: 1, failed: 0 });
    card.rungs.slice(1).forEach(({ tau, costSeconds }, n) => {
      expect(tau).toBeGreaterThan(card.rungs[n]!.tau - 0.02);
      expect(costSeconds).toBeCloseTo(3 * card.rungs[n]!.costSeconds, 10);
    });
  });

  it("rounds whole rungs half up, and starts from a lowest fidelity that is no rung", () => {
    const rungs = (id: string, eta: number): readonly number[] =>
      problemCard(multiFidelityFunction(id), { configurations: 100, eta }).rungs.map(({ fidelity }) => fidelity);
    expect(rungs("mf-hartmann3-good", 3)).toEqual([3, 4, 11, 33, 100]);
    expect(rungs("mf-hartmann3-good", 8)).toEqual([3, 13, 100]);
    expect(rungs("currin-mf", 3)).toEqual([1, 2]);
    expect(rungs("branin-mf", 4)).toEqual([0.01, 1 / 64, 1 / 16, 1 / 4, 1]);
  });

  it("counts failures, and ranks them last", () => {
    const card = problemCard(multiFidelityFunction("curves-diverging-hartmann3"), { configurations: 2000 });
    const failed = card.rungs.map((rung) => rung.failed);
    expect(failed).toEqual([...failed].sort((a, b) => a - b));
    expect(Math.abs(failed[0]! - 0.1)).toBeLessThan(0.04);
    expect(Math.abs(failed.at(-1)! - (0.1 + 0.9 * 0.3))).toBeLessThan(0.06);
    expect(card.rungs.at(-1)!.tau).toBe(1);
    // A best configuration whose run diverged is not kept, even at the highest fidelity.
    expect(card.rungs.at(-1)!.kept).toBeLessThan(1);
  });

  it("sees the noise: counting ones tells more the more samples there are", () => {
    const taus = problemCard(multiFidelityFunction("counting-ones-c0-r4"), { configurations }).rungs.map(({ tau }) => tau);
    expect(taus).toEqual([...taus].sort((a, b) => a - b));
    expect(taus[0]).toBeLessThan(taus.at(-1)!);
    expect(taus.at(-1)).toBeLessThan(1);
  });

  it("is the same for the same key, and nearly so for another", () => {
    const fn = multiFidelityFunction("curves-loose-branin");
    const card = problemCard(fn, { configurations });
    expect(problemCard(fn, { configurations })).toEqual(card);
    const other = problemCard(fn, { configurations, key: root(1) });
    expect(other).not.toEqual(card);
    expect(Math.abs(other.rungs[0]!.tau - card.rungs[0]!.tau)).toBeLessThan(0.15);
  });

  it("reads as a table", () => {
    const card = problemCard(multiFidelityFunction("forrester-mf"), { configurations: 100 });
    expect(problemCardText(card).split("\n")).toEqual([
      "forrester-mf: Forrester of two fidelities",
      "minimum -6.0207400557670825, every evaluation from scratch; eta 3, 100 configurations",
      "level    tau  best 1% kept  failed  seconds",
      expect.stringMatching(/^ {4}1 +-?0\.\d{3} +\d+ % +0\.0 % +1$/),
      "    2  1.000         100 %   0.0 %     1000",
    ]);
  });

  it.each([{ eta: 1 }, { eta: 2.5 }, { configurations: 99 }, { configurations: NaN }])("refuses %o", (options) => {
    expect(() => problemCard(multiFidelityFunction("currin-mf"), options)).toThrow(ConfigError);
  });
});
