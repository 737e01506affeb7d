/** The picture of docs/cma-es.md: a study of a narrow valley in two dimensions, and the distribution of `cmaes` before some generations. */
import { type Config, complete, compose, createSpace, type Job, type Problem, real, type Sampler, startStudy } from "@caviar-hpo/core";
import { cmaesSampler } from "@caviar-hpo/samplers";
import type { CmaesState } from "../packages/samplers/src/cmaes/cmaes.ts";
import { type DistributionPanel, distributionsSvg, type Plane } from "../packages/report/src/figures/distributions.ts";

const shown: readonly number[] = [0, 4, 8, 12];
const optimum: Plane = [0.7, 0.3];

/** A quadratic function, six times as steep across the diagonal x = y as along it. */
const valley = ([x, y]: Plane): number => {
  const [along, across] = [x - optimum[0] + (y - optimum[1]), x - optimum[0] - (y - optimum[1])];
  return (along * along + 36 * across * across) / 2;
};
const placeOf = ({ x, y }: Config): Plane => [x as number, y as number];

/** The distribution before each generation that is shown, and its members. */
export function distributionPanels(): readonly DistributionPanel[] {
  const problem: Problem = {
    space: createSpace({ x: real(0, 1), y: real(0, 1) }),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  };
  const study = startStudy({ problem, strategy: compose(complete, cmaesSampler() as Sampler), seed: 1 });
  const panels: DistributionPanel[] = [];
  for (let generation = 0; generation <= shown.at(-1)!; generation++) {
    const { jobs } = study.ask({ want: 6 });
    if (shown.includes(generation)) panels.push(panelOf((study.state as unknown as { readonly sampler: CmaesState }).sampler, jobs));
    for (const job of jobs) study.tell(job.id, { values: [valley(placeOf(job.config))] });
  }
  return panels;
}

function panelOf({ run }: CmaesState, jobs: readonly Job[]): DistributionPanel {
  const { mean, sigma, covariance } = run!.gaussian;
  const [a, b, c, d] = covariance.map((one) => sigma * sigma * one);
  return {
    title: `generation ${run!.generation}`,
    mean: [mean[0]!, mean[1]!],
    covariance: [a!, b!, c!, d!],
    points: jobs.map(({ config }) => placeOf(config)),
  };
}

export function cmaesFigure(): readonly (readonly [name: string, svg: string])[] {
  const svg = distributionsSvg({
    id: "cma-es",
    title: "The distribution of CMA-ES in a narrow valley, before the generations 0, 4, 8 and 12",
    description:
      "Ellipses of two standard deviations around the mean, with the six members of the generation, and level lines of the objective. The first ellipse is a circle in the middle of the box. The later ones lean along the valley, move to the minimum, and become smaller.",
    levels: [0.005, 0.04, 0.12, 0.3, 0.6].map(levelLine),
    panels: distributionPanels(),
  });
  return [["cma-es.svg", svg]];
}

/** The ellipse where the valley has this value. */
function levelLine(value: number): readonly Plane[] {
  return Array.from({ length: 72 }, (_, index): Plane => {
    const t = (index * Math.PI) / 36;
    const [along, across] = [Math.sqrt(2 * value) * Math.cos(t), (Math.sqrt(2 * value) * Math.sin(t)) / 6];
    return [optimum[0] + (along + across) / 2, optimum[1] + (along - across) / 2];
  });
}
