/**
 * The pinned program of `npm run test:engines`: it prints one line per configuration and value, in hexadecimal bits, so that two engines
 * agree only if they agree in every bit. It uses nothing but the language: it runs in any JavaScript engine, with or without a DOM.
 */
import { bayesoptSampler } from "@caviar-hpo/bayesopt";
import {
  type Config,
  choice,
  complete,
  compose,
  createSpace,
  given,
  int,
  real,
  root,
  type Strategy,
  simulate,
  startStudy,
} from "@caviar-hpo/core";
import { hyperband } from "@caviar-hpo/hyperband";
import { cos, exp, log, sin, tanh } from "@caviar-hpo/numerics";
import { float32Operations, float64Operations } from "@caviar-hpo/numerics/network";
import { randomSampler, sobolSampler, tpeSampler } from "@caviar-hpo/samplers";
import { createTrainer } from "@caviar-hpo/testbed";
import { moons } from "@caviar-hpo/testbed/data";

const bits = new DataView(new ArrayBuffer(8));

/** The sixteen hexadecimal digits of a double. */
function hex(value: number): string {
  bits.setFloat64(0, value);
  return [0, 4].map((offset) => bits.getUint32(offset).toString(16).padStart(8, "0")).join("");
}

function lineOf(config: Config, values: readonly number[]): string {
  const settings = Object.keys(config).map((name) => {
    const value = config[name]!;
    return `${name}=${typeof value === "number" ? hex(value) : String(value)}`;
  });
  return [...settings, ...values.map(hex)].join(" ");
}

const space = createSpace({
  rate: real(1e-5, 1e-1, { scale: "log" }),
  width: int(8, 512, { scale: "log" }),
  optimiser: choice(["sgd", "adam"]),
  momentum: given("optimiser", ["sgd"], real(0.5, 0.99)),
  dropout: real(0, 0.5),
});

/** A smooth valley with a ripple: every elementary function has a part in it. */
function valley(config: Config, fidelity: number): number {
  const rate = log(config.rate as number) / 3;
  const width = log(config.width as number) - 4;
  const momentum = (config.momentum as number | undefined) ?? 0.9;
  const ripple = 0.1 * sin(5 * rate) * cos(3 * width);
  return (rate + 2) * (rate + 2) + tanh(width) * width + momentum * (config.dropout as number) + ripple + exp(-fidelity / 9);
}

/** One at a time, every result told before the next ask. */
function search(strategy: Strategy, trials: number): readonly string[] {
  const study = startStudy({
    problem: { space, objectives: [{ name: "loss", goal: "minimize" }], constraints: [], fidelity: null, resumable: false },
    strategy,
    seed: 20_26,
  });
  for (let trial = 0; trial < trials; trial++) {
    const [job] = study.ask().jobs;
    if (job !== undefined) study.tell(job.id, { values: [valley(job.config, 1)] });
  }
  return study.history.trials.map(({ config, curve }) => lineOf(config, curve[0]!.values));
}

/** Four simulated workers, with stragglers and lost jobs. */
function train(strategy: Strategy): readonly string[] {
  const study = startStudy({
    problem: {
      space,
      objectives: [{ name: "loss", goal: "minimize" }],
      constraints: [],
      fidelity: { unit: "epoch", min: 1, max: 27, whole: true },
      resumable: true,
    },
    strategy,
    seed: 7,
  });
  const world = {
    seconds: (config: Config, from: number, to: number) => (to - from) * (1 + (config.width as number) / 512),
    evaluate: (job: { readonly config: Config }, fidelity: number) => ({ values: [valley(job.config, fidelity)] }),
  };
  simulate(study, world, { workers: 4, trials: 60, stragglerSigma: 0.5, lossSeconds: 200 });
  return study.history.trials.map(({ config, curve }) =>
    lineOf(
      config,
      curve.flatMap(({ fidelity, values }) => [fidelity, ...values]),
    ),
  );
}

/** A batch-norm network on two moons, seven epochs; then its losses and every parameter, rounded to nothing. */
function network(operations: typeof float32Operations | typeof float64Operations): readonly string[] {
  const trainer = createTrainer({
    architecture: { inputs: 2, hidden: [16, 16], outputs: 2, activation: "gelu", batchNorm: true, dropout: 0.1 },
    settings: { batchSize: 32, learningRate: 0.01 },
    examples: moons({ n: 400, noise: 0.2 }, root("moons")),
    key: root(3),
    operations,
  });
  const losses: number[] = [];
  for (let epoch = 1; epoch <= 7; epoch++) {
    const report = trainer.epoch();
    if (!report.diverged) losses.push(report.loss);
  }
  return [losses, ...Array.from(trainer.network.parameters, (value) => [value])].map((values) => values.map(hex).join(" "));
}

export const parts: { readonly [name: string]: () => readonly string[] } = {
  sobol: () => search(compose(complete, sobolSampler()), 64),
  tpe: () => search(compose(complete, tpeSampler()), 60),
  bayesopt: () => search(compose(complete, bayesoptSampler()), 40),
  hyperband: () => train(compose(hyperband(), randomSampler())),
  "training in float32": () => network(float32Operations),
  "training in float64": () => network(float64Operations),
};
