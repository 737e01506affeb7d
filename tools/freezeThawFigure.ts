/**
 * The picture of freeze-thaw optimisation in docs/how-far-to-train.md: the curves of a study at two moments, and what its joint model
 * expects of the paused trials. `npm run docs:figures` writes it to docs/figures.
 */
import { derive, root, type Study, simulate, startStudy } from "@caviar-hpo/core";
import { asProblem, jobSeconds, multiFidelityFunction } from "@caviar-hpo/objectives";
import { createStrategy } from "@caviar-hpo/tune";
import { type LearningCurvePanel, learningCurvesSvg } from "../packages/report/src/figures/learningCurves.ts";

/** Paused trials that are drawn: those of the least means. */
const shown = 24;

function panelAfter(trainings: number): LearningCurvePanel {
  const fn = multiFidelityFunction("curves-loose-branin");
  const study = startStudy({ problem: asProblem(fn), strategy: createStrategy("freezeThaw"), seed: 3 });
  simulate(
    study,
    {
      seconds: (config, from, until) => jobSeconds(fn, config, from, until),
      evaluate: ({ config }, epochs) => ({ values: [fn.evaluate(config, epochs, derive(root(3), "noise"))] }),
    },
    { resource: trainings * fn.fidelity.max },
  );
  return { title: `after ${trainings} full trainings' worth of epochs`, curves: curvesOf(study, fn.fidelity.max) };
}

function curvesOf(study: Study, end: number): LearningCurvePanel["curves"] {
  const trials = study.history.trials.filter(({ curve }) => curve.length > 0);
  const { mean, sd } = study.predict(trials.map(({ config }) => config))!;
  const paused = (at: number): boolean => trials[at]!.curve.at(-1)!.fidelity < end;
  const order = [...trials.keys()].filter(paused).sort((a, b) => mean[a]! - mean[b]!);
  const drawn = new Set([...order.slice(0, shown), ...[...trials.keys()].filter((at) => !paused(at))]);
  return [...drawn].map((at) => ({
    points: trials[at]!.curve.map(({ fidelity, values }) => [fidelity, values[0]!] as const),
    expected: paused(at) ? { mean: mean[at]!, sd: sd[at]! } : null,
  }));
}

export function freezeThawFigure(): ReadonlyMap<string, string> {
  return new Map([
    [
      "freeze-thaw.svg",
      learningCurvesSvg({
        id: "freeze-thaw",
        title: "Learning curves of a freeze-thaw study, and what its model expects of paused trials",
        description:
          "Two panels of falling curves. After two full trainings' worth of epochs, two trials are trained to the end, and the model is unsure of the paused ones. After five, more trials have started near the good ones, better trials are trained to the end, and the model is sure of most paused trials.",
        fidelities: [1, 3, 9, 27, 81],
        unit: "epochs",
        value: "error",
        panels: [panelAfter(2), panelAfter(5)],
      }),
    ],
  ]);
}
