import { ConfigError, type Fidelity } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type BracketOptions, bracketTable, type Convention, mostHalvings } from "./brackets.ts";

const epochs = (max: number, whole = true, min = 1): Fidelity => ({ unit: "epoch", min, max, whole });
const conventions: readonly Convention[] = ["algorithm1", "table1", "kerasTuner", "syneTune"];

/** "81@1 27@3 ...", one text a bracket. */
function rows(fidelity: Fidelity, options: BracketOptions): readonly string[] {
  return bracketTable(fidelity, options).brackets.map(({ rungs }) =>
    rungs.map((rung) => `${rung.configurations}@${rung.fidelity}`).join(" "),
  );
}

function costs(fidelity: Fidelity, options: BracketOptions): readonly number[] {
  const { configurations, evaluations, fromScratch, resumed } = bracketTable(fidelity, options);
  return [configurations, evaluations, fromScratch, resumed];
}

describe("the bracket tables in use", () => {
  it("for R = 81 and eta = 3 are four", () => {
    const first = "81@1 27@3 9@9 3@27 1@81";
    expect(rows(epochs(81), {})).toEqual([first, "34@3 11@9 3@27 1@81", "15@9 5@27 1@81", "8@27 2@81", "5@81"]);
    expect(rows(epochs(81), { convention: "table1" })).toEqual([first, "27@3 9@9 3@27 1@81", "9@9 3@27 1@81", "6@27 2@81", "5@81"]);
    expect(rows(epochs(81), { convention: "kerasTuner" })).toEqual([first, "34@3 12@9 4@27 2@81", "15@9 5@27 2@81", "8@27 3@81", "5@81"]);
    expect(rows(epochs(81), { convention: "syneTune" })).toEqual([first, "54@3 18@9 6@27 2@81", "18@9 6@27 2@81", "9@27 3@81", "5@81"]);
  });

  it.each([
    ["algorithm1", [143, 206, 1902, 1581], [405, 363, 351, 378, 405]],
    ["table1", [128, 187, 1701, 1404], [405, 324, 243, 324, 405]],
    ["kerasTuner", [143, 211, 2181, 1767], [405, 480, 432, 459, 405]],
    ["syneTune", [167, 244, 2430, 1971], [405, 648, 486, 486, 405]],
  ] as const)("cost for R = 81, by %s, what is known", (convention, total, brackets) => {
    expect(costs(epochs(81), { convention })).toEqual(total);
    expect(bracketTable(epochs(81), { convention }).brackets.map((bracket) => bracket.fromScratch)).toEqual(brackets);
  });

  it.each([
    [8, 2, [8, 6, 4, 4], [22, 35, 128, 98]],
    [9, 3, [9, 5, 3], [17, 22, 78, 69]],
    [27, 3, [27, 12, 6, 4], [49, 69, 423, 357]],
    [16, 4, [16, 6, 3], [25, 31, 136, 124]],
    [64, 4, [64, 22, 8, 4], [98, 127, 1000, 884]],
    [81, 3, [81, 34, 15, 8, 5], [143, 206, 1902, 1581]],
    [100, 3, [81, 34, 15, 8, 5], [143, 206, 2337, 1944]],
    [243, 3, [243, 98, 41, 18, 9, 6], [415, 611, 8457, 6831]],
  ] as const)("of Algorithm 1 for R = %i, eta = %i", (max, eta, first, total) => {
    expect(bracketTable(epochs(max), { eta }).brackets.map((bracket) => bracket.rungs[0]!.configurations)).toEqual(first);
    expect(costs(epochs(max), { eta })).toEqual(total);
  });

  it("for R = 8, eta = 2 is that of the mlr3hyperband documentation", () => {
    expect(rows(epochs(8), { eta: 2 })).toEqual(["8@1 4@2 2@4 1@8", "6@2 3@4 1@8", "4@4 2@8", "4@8"]);
  });

  it("for R = 100 has fidelities between whole ones, and rounds them half up where they must be whole", () => {
    const [bold] = bracketTable(epochs(100, false)).brackets;
    expect(bold!.rungs.map((rung) => rung.fidelity)).toEqual([100 / 81, 100 / 27, 100 / 9, 100 / 3, 100]);
    const [, , fromScratch, resumed] = costs(epochs(100, false), {});
    expect([fromScratch, resumed]).toEqual([(1902 * 100) / 81, (1581 * 100) / 81]);
    expect(bracketTable(epochs(100)).brackets[0]!.rungs.map((rung) => rung.fidelity)).toEqual([1, 4, 11, 33, 100]);
    expect(rows(epochs(5, true, 2), { eta: 2 })[0]).toBe("2@3 1@5");
  });

  it("of KerasTuner costs 42 % more at its default R = 100", () => {
    expect(rows(epochs(100), { convention: "kerasTuner" })).toEqual([
      "98@2 33@4 11@12 4@34 2@100",
      "41@4 14@12 5@34 2@100",
      "18@12 6@34 2@100",
      "9@34 3@100",
      "6@100",
    ]);
    expect(costs(epochs(100), { convention: "kerasTuner" })).toEqual([172, 254, 3324, 2672]);
    expect(Math.round((100 * 3324) / 2337)).toBe(142);
  });

  it("of Syne Tune counts its fidelities up from the least, so that R = 100 has one bracket more", () => {
    expect(rows(epochs(100), { convention: "syneTune" }).map((row) => row.replace(/ .*/, ""))).toEqual([
      "243@1",
      "162@3",
      "54@9",
      "18@27",
      "9@81",
      "6@100",
    ]);
    expect(rows(epochs(5, true, 2), { convention: "syneTune", eta: 2 })).toEqual(["4@2 2@4 1@5", "4@4 2@5", "3@5"]);
    expect(rows(epochs(1, false, 0.25), { convention: "syneTune", eta: 2.5 })).toEqual(["7@0.25 3@0.625 1@1", "5@0.625 2@1", "3@1"]);
  });

  it("of the printed table never promises less than one trial", () => {
    expect(rows(epochs(25, false, 4), { convention: "table1", eta: 2.5 })).toEqual(["6@4 2@10 1@25", "2@10 1@25", "3@25"]);
  });
});

describe("the number of halvings", () => {
  it("is exact for every power of 2 to 10 below 2^53, and next to each power", () => {
    let checked = 0;
    for (let eta = 2; eta <= 10; eta++) {
      for (let [s, max] = [0, 1]; max < 2 ** 53; [s, max] = [s + 1, max * eta]) {
        expect(mostHalvings({ min: 1, max }, eta)).toBe(s);
        if (s > 0) expect(mostHalvings({ min: 1, max: max - 1 }, eta)).toBe(s - 1);
        if (s > 0) expect(mostHalvings({ min: 1, max: max + 1 }, eta)).toBe(s);
        expect(bracketTable({ unit: "step", min: 1, max, whole: true }, { eta }).brackets[0]!.rungs[0]).toEqual({
          configurations: max,
          fidelity: 1,
        });
        checked++;
      }
    }
    expect(checked).toBe(53 + 34 + 27 + 23 + 21 + 19 + 18 + 17 + 16);
  });

  it("is right where log(R) / log(eta) is not: 4.999999999999999, 2.9999999999999996 and 3.0000000000000004 in Python", () => {
    expect(mostHalvings({ min: 1, max: 243 }, 3)).toBe(5);
    expect(mostHalvings({ min: 1, max: 1000 }, 10)).toBe(3);
    expect(mostHalvings({ min: 1, max: 125 }, 5)).toBe(3);
  });

  it("counts decimals as they are written", () => {
    expect(mostHalvings({ min: 0.1, max: 0.9 }, 3)).toBe(2);
    expect(mostHalvings({ min: 0.01, max: 1 }, 10)).toBe(2);
    expect(mostHalvings({ min: 1, max: 19.683 }, 2.7)).toBe(3);
    expect(mostHalvings({ min: 0.001, max: 0.001 * 243 }, 3)).toBe(5);
    expect(mostHalvings({ min: 5e-324, max: Number.MAX_VALUE }, 2)).toBe(2097);
  });
});

/** Whole numbers only, and nothing of the code under test. */
function expected(max: bigint, eta: bigint): readonly { readonly configurations: number; readonly fidelity: number }[][] {
  const powers = [1n];
  while (powers.at(-1)! * eta <= max) powers.push(powers.at(-1)! * eta);
  const sMax = powers.length - 1;
  return powers
    .map((power, s) => {
      const n = (BigInt(sMax + 1) * power + BigInt(s)) / BigInt(s + 1);
      return powers.slice(0, s + 1).map((shrink, i) => {
        const halved = powers[s - i]!;
        return { configurations: Number(n / shrink), fidelity: Number((2n * max + halved) / (2n * halved)) };
      });
    })
    .reverse();
}

describe("every table for R to 1000 and eta from 2 to 10", () => {
  it("has the counts and fidelities of Algorithm 1, and costs no more than (s_max + 1) B", () => {
    let checked = 0;
    for (let max = 1; max <= 1000; max++) {
      for (let eta = 2; eta <= 10; eta++) {
        const table = bracketTable(epochs(max), { eta });
        const oracle = expected(BigInt(max), BigInt(eta));
        const found = table.brackets.map((bracket) => bracket.rungs);
        if (JSON.stringify(found) !== JSON.stringify(oracle)) expect(found).toEqual(oracle);
        const sum = (term: (rung: { configurations: number; fidelity: number }, before: number) => number): number =>
          oracle.reduce((total, rungs) => total + rungs.reduce((all, rung, i) => all + term(rung, rungs[i - 1]?.fidelity ?? 0), 0), 0);
        const known = [
          oracle.reduce((total, [first]) => total + first!.configurations, 0),
          sum((rung) => rung.configurations),
          sum((rung) => rung.configurations * rung.fidelity),
          sum((rung, before) => rung.configurations * (rung.fidelity - before)),
        ];
        const counted = [table.configurations, table.evaluations, table.fromScratch, table.resumed];
        if (JSON.stringify(counted) !== JSON.stringify(known)) expect(counted).toEqual(known);
        const sMax = oracle.length - 1;
        if (bracketTable(epochs(max, false), { eta }).fromScratch > (sMax + 1) * (sMax + 1) * max) {
          expect.fail(`R = ${max}, eta = ${eta} costs more than (s_max + 1) B`);
        }
        checked++;
      }
    }
    expect(checked).toBe(9000);
  });

  it("is in order by every convention: fidelities rise from r to R, counts fall, brackets halve once less each", () => {
    let checked = 0;
    for (const convention of conventions) {
      for (let max = 1; max <= 300; max += 7) {
        for (const eta of [2, 2.5, Math.E, 3, 4, 7.7, 10]) {
          for (const fidelity of [epochs(max), epochs(max, false), epochs(max, false, 0.3 * max)]) {
            const { brackets } = bracketTable(fidelity, { eta, convention });
            for (const [index, { s, rungs }] of brackets.entries()) {
              const orderly = rungs.every(
                ({ configurations, fidelity: until }, i) =>
                  configurations >= 1 && (i === 0 || (until > rungs[i - 1]!.fidelity && configurations <= rungs[i - 1]!.configurations)),
              );
              const reaches = rungs.at(-1)!.fidelity === fidelity.max && rungs[0]!.fidelity >= fidelity.min;
              if (orderly && reaches && s === brackets.length - 1 - index && rungs.length === s + 1) continue;
              expect.fail(`${convention}, eta ${eta}: ${JSON.stringify(fidelity)} gives ${JSON.stringify(rungs)}`);
            }
            checked++;
          }
        }
      }
    }
    expect(checked).toBe(4 * 43 * 7 * 3);
  });
});

describe("odd ranges", () => {
  it.each(conventions)("R = 1 and R below eta are plain search, by %s", (convention) => {
    expect(rows(epochs(1), { convention })).toEqual(["1@1"]);
    expect(rows(epochs(4, true, 4), { convention })).toEqual(["1@4"]);
    expect(rows(epochs(2, false, 1), { convention: "algorithm1", eta: 3 })).toEqual(["1@2"]);
  });

  it("may be cut to the brackets that halve the least, as if r were raised", () => {
    expect(rows(epochs(81), { brackets: 3 })).toEqual(rows(epochs(81, true, 9), {}));
    expect(rows(epochs(100), { brackets: 1 })).toEqual(["1@100"]);
    for (const convention of conventions) expect(rows(epochs(81), { brackets: 99, convention })).toEqual(rows(epochs(81), { convention }));
    expect(rows({ unit: "epoch", min: 5e-324, max: 9, whole: false }, { brackets: 3 })).toEqual(["9@1 3@3 1@9", "5@3 1@9", "3@9"]);
    expect(rows(epochs(100), { brackets: 2, convention: "kerasTuner" })).toEqual(["3@34 1@100", "2@100"]);
  });

  it.each([
    [{ min: 0, max: 1 }, {}],
    [{ min: 2, max: 1 }, {}],
    [{ min: 1, max: Infinity }, {}],
    [{ min: NaN, max: 1 }, {}],
    [{ min: 5e-324, max: Number.MAX_VALUE }, {}],
    [{ min: 1, max: 2 ** 66 }, { eta: 2 }],
    [{ min: 1, max: 9 }, { eta: 1.5 }],
    [{ min: 1, max: 9 }, { convention: "other" as Convention }],
  ])("are refused: %o %o", (range, options) => {
    expect(() => bracketTable({ unit: "epoch", whole: false, ...range }, options)).toThrow(ConfigError);
  });

  it("no halving without an eta above 1", () => {
    for (const eta of [1, 0.5, 0]) expect(() => mostHalvings({ min: 1, max: 9 }, eta)).toThrow(ConfigError);
  });
});
