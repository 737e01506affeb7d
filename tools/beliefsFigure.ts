/**
 * The picture of docs/beliefs.md, drawn from the optimiser itself: a study with a belief in the wrong place is run, and before some of its
 * asks the model and the acquisition that the ask will see are computed on a grid. `npm run docs:figures` writes it to docs/figures.
 */
import { bayesoptSampler } from "@caviar-hpo/bayesopt";
import { believe, complete, compose, createSpace, derive, type Job, real, type Study, startStudy } from "@caviar-hpo/core";
import { beliefOf } from "@caviar-hpo/core/contract";
import { contextOf } from "@caviar-hpo/core/testing";
import { sin } from "@caviar-hpo/numerics";
import { landscapeOf } from "../packages/bayesopt/src/search/acquire.ts";
import { believed } from "../packages/bayesopt/src/search/believed.ts";
import { settingsOf } from "../packages/bayesopt/src/settings.ts";
import type { BayesoptState } from "../packages/bayesopt/src/state.ts";
import { modelNow } from "../packages/bayesopt/src/suggest/modelNow.ts";
import { predictAt } from "../packages/bayesopt/src/surrogate/predictAt.ts";
import { newProblemModelCache } from "../packages/bayesopt/src/surrogate/problemModel.ts";
import { readTrials } from "../packages/bayesopt/src/trials.ts";
import { type PosteriorPanel, posteriorSvg } from "../packages/report/src/figures/posterior.ts";

/** What an ask saw, and the job that it gave. */
export type BelievingMoment = { readonly panel: PosteriorPanel; readonly job: Job };

const looks = [3, 5, 9];
const grid: readonly number[] = Array.from({ length: 401 }, (_, index) => index / 400);
const objective = (x: number): number => 3 * (x - 0.25) * (x - 0.25) + 0.3 * sin(18 * x);
const options = { warp: "identity", noise: "none", initial: 3, kernel: "matern52" };
const space = believe(createSpace({ x: real(0, 1) }), { params: { x: { near: 0.8, sd: 0.08 } } });

export function believingMoments(): readonly BelievingMoment[] {
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false } as const;
  const study = startStudy({ problem, strategy: compose(complete, bayesoptSampler(options)), seed: 1 });
  const found: BelievingMoment[] = [];
  for (let trial = 0; trial <= looks.at(-1)!; trial++) {
    const seen = looks.includes(trial) ? viewOf(study) : null;
    const job = study.ask().jobs[0]!;
    const x = Number(job.config.x);
    if (seen !== null) {
      const { utility } = job.note as { readonly utility: number };
      found.push({ panel: { ...seen, title: `${trial} trials`, next: [x, utility] }, job });
    }
    study.tell(job.id, { values: [objective(x)] });
  }
  return found;
}

/** What the next ask of `study` is going to see. */
function viewOf(study: Study): Omit<PosteriorPanel, "title" | "next"> {
  const { sampler } = JSON.parse(JSON.stringify(study.state)) as { readonly sampler: BayesoptState };
  const context = contextOf(study.problem, study.history);
  const trials = readTrials(context, { rungs: [1], enough: 2, lost: sampler.lost });
  const key = derive(sampler.key, "ask", sampler.index);
  const settings = settingsOf(options);
  const model = modelNow({ settings, context, trials, key, model: "objective" }, sampler, newProblemModelCache())!;
  const plain = landscapeOf(model, { exploring: 0, pending: [], acquisition: "logNoisyEI", key });
  const power = settings.beliefStrength / trials.observed.length;
  const landscape = believed(plain, model.features, { density: beliefOf(space)!, power });
  const acquisition = new Float64Array(grid.length);
  landscape.evaluate(Float64Array.from(grid), grid.length, acquisition, null);
  const { mean, sd } = predictAt(
    model,
    grid.map((x) => Float64Array.of(x)),
  );
  return {
    x: grid,
    truth: grid.map(objective),
    mean,
    sd,
    acquisition: [...acquisition],
    observed: trials.observed.map(({ unit, value }) => [unit[0]!, value]),
    pending: [],
  };
}

/** The file's name and its content. */
export function beliefsFigure(): readonly [string, string] {
  return [
    "beliefs.svg",
    posteriorSvg({
      id: "beliefs",
      title: "The model and the acquisition under a belief in the wrong place, in three states",
      description:
        "Above: the objective, the trials, and the model's mean with a band of two standard deviations. Below: the logarithm of the acquisition, with the belief. The belief is a normal density around 0.8. The minimum is near 0.2. At first the acquisition is high around 0.8. After a few trials there, it is high around the minimum.",
      value: "Value",
      acquisition: "Log acquisition (nats)",
      parameter: "x",
      panels: believingMoments().map(({ panel }) => panel),
    }),
  ];
}
