/**
 * The picture of docs/failures.md, drawn from the optimiser itself: a study whose trials fail above 0.3 is run, and before some of its asks
 * the classifier and the acquisition that the ask will see are computed on a grid. `npm run docs:figures` writes it to docs/figures.
 */
import { bayesoptSampler } from "@caviar-hpo/bayesopt";
import { complete, compose, createSpace, derive, type Job, real, type Study, startStudy } from "@caviar-hpo/core";
import { contextOf } from "@caviar-hpo/core/testing";
import { landscapeOf } from "../packages/bayesopt/src/search/acquire.ts";
import { settingsOf } from "../packages/bayesopt/src/settings.ts";
import type { BayesoptState } from "../packages/bayesopt/src/state.ts";
import { modelNow } from "../packages/bayesopt/src/suggest/modelNow.ts";
import { newProblemModelCache } from "../packages/bayesopt/src/surrogate/problemModel.ts";
import { readTrials } from "../packages/bayesopt/src/trials.ts";
import { type PosteriorPanel, posteriorSvg } from "../packages/report/src/figures/posterior.ts";

/** What an ask saw, and the job that it gave. */
export type FailingMoment = { readonly panel: PosteriorPanel; readonly job: Job };

const edge = 0.3;
const looks = [6, 9, 14];
const grid: readonly number[] = Array.from({ length: 401 }, (_, index) => index / 400);
const labelOf = (x: number): number => (x > edge ? 1 : -1);

export function failingMoments(): readonly FailingMoment[] {
  const space = createSpace({ x: real(0, 1) });
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false } as const;
  const study = startStudy({ problem, strategy: compose(complete, bayesoptSampler()), seed: 1 });
  const found: FailingMoment[] = [];
  for (let trial = 0; trial <= looks.at(-1)!; trial++) {
    const seen = looks.includes(trial) ? viewOf(study) : null;
    const job = study.ask().jobs[0]!;
    const x = Number(job.config.x);
    if (seen !== null) {
      const { utility } = job.note as { readonly utility: number };
      found.push({ panel: { ...seen, title: `${trial} trials`, next: [x, utility] }, job });
    }
    if (x > edge) study.fail(job.id, "threw");
    else study.tell(job.id, { values: [-x] });
  }
  return found;
}

/** What the next ask of `study` is going to see: the latent value with its deviation, and the acquisition. */
function viewOf(study: Study): Omit<PosteriorPanel, "title" | "next"> {
  const { sampler } = JSON.parse(JSON.stringify(study.state)) as { readonly sampler: BayesoptState };
  const context = contextOf(study.problem, study.history);
  const trials = readTrials(context, { rungs: [1], enough: 2, lost: sampler.lost });
  const key = derive(sampler.key, "ask", sampler.index);
  const moment = { settings: settingsOf({}), context, trials, key, model: "objective" } as const;
  const model = modelNow(moment, sampler, newProblemModelCache())!;
  const landscape = landscapeOf(model, { exploring: 0, pending: [], acquisition: "logNoisyEI", key });
  const acquisition = new Float64Array(grid.length);
  landscape.evaluate(Float64Array.from(grid), grid.length, acquisition, null);
  const [{ process }] = model.conditions as [(typeof model.conditions)[number]];
  const [mean, variance] = [new Float64Array(1), new Float64Array(1)];
  const moments = grid.map((x) => {
    process.predict({ z: Float64Array.of(x), m: 1 }, { mean, variance });
    return [mean[0]!, Math.sqrt(variance[0]!)] as const;
  });
  const labelled = [...trials.observed, ...trials.failed].map(({ unit }) => unit[0]!);
  return {
    x: grid,
    truth: grid.map(labelOf),
    mean: moments.map(([one]) => one),
    sd: moments.map(([, sd]) => sd),
    acquisition: [...acquisition],
    observed: labelled.map((x) => [x, labelOf(x)]),
    pending: [],
  };
}

/** The file's name and its content. */
export function failuresFigure(): readonly [string, string] {
  return [
    "failures.svg",
    posteriorSvg({
      id: "failures",
      title: "The classifier of failed trials, and the acquisition, in three states",
      description:
        "Above: the labels of trials, 1 for a failure and −1 for a success, and the latent value with a band of two standard deviations. Below: the logarithm of the acquisition. Trials fail above 0.3, and the value falls up to there. The acquisition peaks just below the edge, and falls steeply where a failure is too probable.",
      value: "Label and latent value",
      acquisition: "Log acquisition (nats)",
      parameter: "x",
      panels: failingMoments().map(({ panel }) => panel),
    }),
  ];
}
