/** The picture of docs/auto.md: the regret over the trials, if CMA-ES follows the Gaussian process sooner or later. */
import { readFileSync } from "node:fs";
import { linePanelsSvg } from "../packages/report/src/figures/linePanels.ts";

type Run = { readonly problem: string; readonly name: string; readonly regrets: readonly number[] };
type HandOvers = { readonly after: readonly number[]; readonly runs: readonly Run[] };

/** Regrets below are counted as this one. */
const least = 1e-8;

/** For each way of searching, the geometric mean of the regret after so many trials. */
export function handOverLines(): { readonly after: readonly number[]; readonly lines: ReadonlyMap<string, readonly number[]> } {
  const { after, runs } = JSON.parse(readFileSync(new URL("../packages/tune/bench/handOver.json", import.meta.url), "utf8")) as HandOvers;
  const names = [...new Set(runs.map(({ name }) => name))];
  const meanOf = (name: string, at: number): number => {
    const logs = runs.filter((run) => run.name === name).map(({ regrets }) => Math.log10(Math.max(least, regrets[at]!)));
    return 10 ** (logs.reduce((sum, log) => sum + log, 0) / logs.length);
  };
  return { after, lines: new Map(names.map((name) => [name, after.map((_, at) => meanOf(name, at))])) };
}

export function autoFigure(): readonly (readonly [name: string, svg: string])[] {
  const { after, lines } = handOverLines();
  const svg = linePanelsSvg({
    id: "auto",
    title: "Regret over the trials, if CMA-ES follows the Gaussian process after 50, 100, 200 or 300 trials",
    description:
      "One line for each number of trials with the Gaussian process, and one for CMA-ES alone. Until 300 trials, the line that stays with the Gaussian process longest is the lowest, and it stays the lowest up to 1000 trials.",
    columns: 1,
    panels: [
      {
        title: "eight functions of BBOB in five dimensions, two instances each",
        x: after,
        xAxis: { name: "trials" },
        yAxis: { name: "geometric mean of the regret", logarithmic: true },
        lines: [...lines].map(([name, y]) => ({ name, y })),
      },
    ],
  });
  return [["auto.svg", svg]];
}
