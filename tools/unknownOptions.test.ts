/** No option is ignored because its name is misspelt: each function that takes a record of options refuses a name that it does not know. */
import { PassThrough } from "node:stream";
import * as bayesopt from "@caviar-hpo/bayesopt";
import * as kernels from "@caviar-hpo/bayesopt/kernels";
import * as models from "@caviar-hpo/bayesopt/model";
import * as bench from "@caviar-hpo/bench";
import * as core from "@caviar-hpo/core";
import * as contract from "@caviar-hpo/core/contract";
import {
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
import * as runtime from "@caviar-hpo/runtime";
import * as samplers from "@caviar-hpo/samplers";
import * as sequences from "@caviar-hpo/samplers/sequences";
import * as testbed from "@caviar-hpo/testbed";
import * as data from "@caviar-hpo/testbed/data";
import * as tune from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { optionTakers, takersIn } from "./optionTakers.ts";
import { readWorkspace } from "./workspace.ts";

/** Calls a function with a record of options, which holds one that it cannot know. */
type Call = (options: never) => unknown;

const space = core.createSpace({ x: core.real(0, 1) });
const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false } as const;
const fidelity = { unit: "epochs", min: 1, max: 27 };
const range = { ...fidelity, whole: true };
const key = core.root(1);
const random = (): core.Strategy => tune.createStrategy("random");
const study = (): core.Study => core.startStudy({ problem, strategy: random(), seed: 1 });
const world = { seconds: () => 1, evaluate: () => ({ values: [1] }) };
const branin = objectives.testFunction("branin");
const rows = data.moons({ n: 8, noise: 0.1 }, key);
const halves = data.split(rows, { train: 6, validation: 2 }, key);
const draw = drawFrom(contract.findCard(tune.strategies, "random"));
const observations = [0, 0.5, 1].map((x) => ({ config: { x }, value: x }));

/** By the name of the function; the methods of studies stand below by hand, as they are no exports. */
const calls: { readonly [name: string]: Call } = {
  real: (options) => core.real(0, 1, options),
  int: (options) => core.int(0, 1, options),
  choice: (options) => core.choice(["a"], options),
  createSpace: (options: object) => core.createSpace({ x: { ...core.real(0, 1), ...options } }),
  readFidelity: (options: object) => contract.readFidelity({ ...fidelity, ...options }),
  readProblem: (options: object) => contract.readProblem({ ...problem, ...options }),
  createFromCard: (options) => contract.createFromCard(contract.findCard(tune.strategies, "sobol"), options, problem),
  describePlanOf: (options) => contract.describePlanOf(contract.findCard(tune.strategies, "hyperband"), options, { fidelity }),
  startStudy: (options: object) => core.startStudy({ problem, strategy: random(), seed: 1, ...options }),
  replay: (options: object) => core.replay({ problem, strategy: random(), seed: 1, ...options }, []),
  ask: (options) => study().ask(options),
  tell: (options: object) => {
    const open = study();
    return open.tell(open.ask().jobs[0]!.id, { values: [1], ...options });
  },
  fail: (options) => {
    const open = study();
    return open.fail(open.ask().jobs[0]!.id, "threw", options);
  },
  observe: (options: object) => study().observe({ x: 0.5 }, { values: [1], ...options }),
  drive: (options) => core.drive(study(), () => ({ values: [1] }), options),
  simulate: (options) => core.simulate(study(), world, options),
  strategyLaws: (options) => strategyLaws("random", random, options),
  checkSampler: (options) => checkSampler(contract.findCard(tune.strategies, "random"), options),
  samplerLaws: (options) => samplerLaws(contract.findCard(tune.strategies, "random"), options),
  distinctPoints: (options) => distinctPoints(draw, options),
  independentParameters: (options) => independentParameters(draw, options),
  independentSeeds: (options) => independentSeeds(draw, options),
  marginalsOverSeeds: (options) => marginalsOverSeeds(draw, options),
  net: (options: object) => net(draw, { t: 0, m: 1, s: 1, ...options }),
  stratification: (options: object) => stratification(draw, { strata: [1], ...options }),
  cardLaws: (options) => cardLaws(contract.findCard(tune.strategies, "random"), options),
  spaces,
  createStudy: (options: object) => tune.createStudy({ space: { x: tune.real(0, 1) }, ...options }),
  optimize: (options: object) => tune.createStudy({ space: { x: tune.real(0, 1) } }).optimize(() => 1, { trials: 1, ...options }),
  strategy: (options: object) => tune.createStudy({ space: { x: tune.real(0, 1) }, strategy: { name: "random", options: {}, ...options } }),
  createStrategy: (options) => tune.createStrategy("sobol", options),
  planOf: (options) => tune.planOf("hyperband", options, { fidelity: range }),
  gaussianProcess: (options) => bayesopt.gaussianProcess(options),
  fit: (options) => bayesopt.gaussianProcess().fit([[0], [1]], [0, 1], options),
  gaussianProcessSurrogate: (options) => models.gaussianProcessSurrogate(options),
  bayesoptSampler: bayesopt.bayesoptSampler,
  asha: hyperband.asha,
  asynchronousHyperband: hyperband.asynchronousHyperband,
  bracketTable: (options) => brackets.bracketTable(range, options),
  caviar: hyperband.caviar,
  hyperband: hyperband.hyperband,
  medianRule: hyperband.medianRule,
  panda: hyperband.panda,
  pasha: hyperband.pasha,
  populationBased: hyperband.populationBased,
  successiveHalving: hyperband.successiveHalving,
  bohbSampler: samplers.bohbSampler,
  coarseToFineSampler: samplers.coarseToFineSampler,
  dehbSampler: samplers.dehbSampler,
  differentialEvolutionSampler: samplers.differentialEvolutionSampler,
  gridSampler: samplers.gridSampler,
  haltonSampler: samplers.haltonSampler,
  latinHypercube: (options) => sequences.latinHypercube(3, 2, key, options),
  latinHypercubeSampler: samplers.latinHypercubeSampler,
  rSequenceSampler: samplers.rSequenceSampler,
  sobolSampler: samplers.sobolSampler,
  tpeSampler: samplers.tpeSampler,
  instance: (options) => objectives.instance(branin, key, options),
  learningCurves: (options) => objectives.learningCurves("curves", branin, options, key),
  problemCard: (options) => objectives.problemCard(objectives.multiFidelityFunction("counting-ones-c2-r2"), options),
  ablation: (options: object) => importances.ablation(space, observations, { x: 0 }, { x: 1 }, { key, ...options }),
  importance: (options: object) => importances.importance(space, observations, { key, ...options }),
  marginals: (options: object) => importances.marginals(space, observations, { key, ...options }),
  readPlan: (options: object) => bench.readPlan({ name: "p", seeds: { count: 1 }, budget: 1, strategies: [], problems: [], ...options }),
  runCampaign: (options: object) => bench.runCampaign({} as bench.Plan, "never", { command: "", ...options }),
  stationary: (options) => kernels.stationary("matern52", options),
  courseTask: (options) => testbed.courseTask(halves, options),
  courseAdamTask: (options) => testbed.courseAdamTask(halves, options),
  createTask: (options) => testbed.createTask(options),
  createTrainer: (options) => testbed.createTrainer(options),
  openRun: (options) => testbed.openRun(testbed.courseTask(halves), options),
  friedman1: (options) => data.friedman1(options, key),
  gaussianMixture: (options) => data.gaussianMixture(options, key),
  loadDigits: data.loadDigits,
  moons: (options) => data.moons(options, key),
  noisyXor: (options) => data.noisyXor(options, key),
  spirals: (options) => data.spirals(options, key),
  split: (options) => data.split(rows, { train: 6, validation: 2 }, key, options),
  splitRows: (options) => data.splitRows(rows, { train: 6, validation: 2 }, key, options),
  teacherClasses: (options) => data.teacherClasses(options, key),
  teacherTargets: (options) => data.teacherTargets(options, key),
  openStudy: (options: object) => runtime.openStudy("never", { space: { x: tune.real(0, 1) }, ...options }),
  createSession: (options) => runtime.createSession([], options),
  serve: (options) => runtime.serve([], new PassThrough(), new PassThrough(), options),
};

/** Functions whose options are not read by `core/read`, and why. */
const exempt: { readonly [name: string]: string } = {
  appendRows: "numerics depends on no other package; its callers are the optimiser's own",
  cholesky: "numerics depends on no other package; its callers are the optimiser's own",
  lbfgsb: "numerics depends on no other package; its callers are the optimiser's own",
  minimiseTogether: "numerics depends on no other package; its callers are the optimiser's own",
};

describe.each(readWorkspace().map((member) => [member.packageName, member] as const))("%s", (_name, member) => {
  it("has each function with options in the list below, or says why not", () => {
    expect(optionTakers(member).filter((name) => !Object.hasOwn(calls, name) && !Object.hasOwn(exempt, name))).toEqual([]);
  });
});

it.each(Object.keys(calls))("%s refuses an option that it does not know", async (name) => {
  let error: unknown = null;
  try {
    await calls[name]!({ optoin: 1 } as never);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(core.CaviarError);
  expect((error as core.CaviarError).got).toBe('"optoin"');
});

it("functions with options are found, also those whose options are written out in place", () => {
  const source = `
export function one(a: number, options: OneOptions = {}): void {}
export async function two<T extends (x: number) => void>(call: T, { a }: Pick<TwoOptions, "a">): Promise<void> {}
export function three(fn: (x: number) => void, options: { readonly a?: number } = {}): void {}
export function four(options: readonly string[]): FourOptions {}
function five(options: FiveOptions): void {}
`;
  expect(takersIn(source)).toEqual(["one", "three"]);
});
