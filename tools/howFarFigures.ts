/**
 * The pictures of docs/how-far-to-train.md: Hyperband's bracket table, and how much sooner more workers find something good, on simulated
 * workers. `npm run docs:figures` writes them to docs/figures.
 */
import {
  compose,
  createSpace,
  derive,
  type Problem,
  real,
  type Scheduler,
  simulate,
  startStudy,
  stream,
  type World,
} from "@caviar-hpo/core";
import { asha, hyperband } from "@caviar-hpo/hyperband";
import { bracketTable } from "@caviar-hpo/hyperband/brackets";
import { randomSampler } from "@caviar-hpo/samplers";
import { bracketsSvg } from "../packages/report/src/figures/brackets.ts";
import { type SpeedUpLine, speedUpSvg } from "../packages/report/src/figures/speedUp.ts";

export const crews: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The best five hundredth of all configurations is worth finding. */
const goodEnough = 0.002;
const seeds = [1, 2, 3];
const horizon = { trials: 3000, stragglerSigma: 0.5 };

const problem: Problem = {
  space: createSpace({ rate: real(1e-4, 1, { scale: "log" }), decay: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epoch", min: 1, max: 81, whole: true },
  resumable: true,
};

/** Configurations differ in how long an epoch takes, up to fourfold, and in where their curves end; noise at first hides who is best. */
const world: World = {
  seconds: ({ rate }, from, to) => (to - from) * (1 + 3 * (rate as number)),
  evaluate: ({ config }, fidelity, key) => ({
    values: [(config.decay as number) + 1 / fidelity + (0.2 * stream(derive(key, fidelity)).uniform()) / fidelity],
  }),
};

const contenders: readonly (readonly [name: string, create: () => Scheduler])[] = [
  ["asha, stopping", () => asha({ variant: "stopping" })],
  ["asha, promotion", () => asha()],
  ["hyperband, overlap", () => hyperband({ overlap: true })],
  ["hyperband", () => hyperband()],
];

/** When a trial worth finding had been trained to the end. */
function secondsToGood(create: () => Scheduler, workers: number, seed: number): number {
  const study = startStudy({ problem, strategy: compose(create(), randomSampler()), seed });
  const { incumbents } = simulate(study, world, { workers, ...horizon });
  const found = incumbents.find(
    ({ trial, fidelity }) => fidelity === 81 && (study.history.trials[trial]!.config.decay as number) <= goodEnough,
  );
  if (found === undefined) throw new Error(`seed ${seed} finds nothing good in ${horizon.trials} trials`);
  return found.seconds;
}

/** For each contender and count of workers, the median over seeds of how much sooner than one worker of ASHA by promotion. */
export function speedUps(): readonly SpeedUpLine[] {
  const times = contenders.map(([, create]) => crews.map((workers) => seeds.map((seed) => secondsToGood(create, workers, seed))));
  const alone = times[1]![0]!;
  return contenders.map(([name], index) => ({
    name,
    speedUps: times[index]!.map((each) => median(each.map((seconds, seed) => alone[seed]! / seconds))),
  }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** File names and their contents; `lines` are those of `speedUps`. */
export function howFarFigures(lines: readonly SpeedUpLine[]): ReadonlyMap<string, string> {
  const { brackets } = bracketTable({ unit: "epochs", min: 1, max: 81, whole: true });
  return new Map([
    [
      "brackets.svg",
      bracketsSvg({
        id: "brackets",
        title: "The five brackets of Hyperband for 1 to 81 epochs and eta 3",
        description:
          "Each bracket is a staircase. The boldest has 81 trials of 1 epoch, then 27 of 3, 9 of 9, 3 of 27 and 1 of 81. The others begin with fewer trials and train them longer. The last one trains 5 trials to the end.",
        unit: "epochs",
        panels: brackets.map(({ s, rungs, configurations, resumed }) => ({
          title: `bracket s = ${s}`,
          subtitle: `${configurations} trials, ${resumed} epochs`,
          rungs,
        })),
      }),
    ],
    [
      "speed-up.svg",
      speedUpSvg({
        id: "speed-up",
        title: "How much sooner more workers find a good trial",
        description:
          "Speed-up against workers, both logarithmic. Up to about ten workers, ASHA's speed-up rises almost as fast as their number. Then it flattens, because one training to the end takes most of the time. Overlapping Hyperband is below ASHA. Hyperband without overlap stays almost level.",
        workers: crews,
        lines,
      }),
    ],
  ]);
}
