/**
 * Coarse to fine, the recipe of the deep-learning course. It samples the complete space at random, zooms into the region around the cluster
 * of the best points, samples more densely there, and repeats this. The best points are the best tenth of the trials in the current region,
 * at least two. No configuration is tried twice while others are left, even where a region of a finite space has none left.
 */
import {
  type Config,
  decodeFeasible,
  decodeNear,
  derive,
  int,
  type Key,
  real,
  type Sampler,
  type SamplerCard,
  type Space,
  type Stream,
  stream,
  type Trial,
} from "@caviar-hpo/core";
import {
  type Context,
  drawUntried,
  type LeastTrials,
  type OptionSpec,
  type OptionSpecs,
  rankTrials,
  readOptions,
  samplerCard,
  triedIn,
} from "@caviar-hpo/core/contract";
import { contains, pointIn, type RegionAxis, wholeSpace, zoom } from "./region.ts";

/** A stage samples `region` from the point with the index `started` on. */
type Stage = { readonly started: number; readonly region: readonly RegionAxis[] };

/**
 * `stage` counts from 0. `started` and `region` are its own. `wider` are those of the stages before it, to which a larger budget may lead
 * back; only a study with a budget has them.
 */
export type CoarseToFineState = {
  readonly key: Key;
  index: number;
  stage: number;
  started: number;
  region: readonly RegionAxis[];
  wider?: Stage[];
};

export type CoarseToFineOptions = {
  /**
   * How many trials all stages have together. The last stage continues after that. auto: as many as the budget allows; 60 without a budget.
   * A whole number from 1 to 10000000, both included, or "auto"; "auto" by default.
   */
  readonly trials?: number | "auto";
  /** How many stages there are, including the coarse one. A whole number from 1 to 100, both included; 3 by default. */
  readonly stages?: number;
  /**
   * The largest width of each side of the region, as a fraction of its width in the stage before. A number from 0.001 to 1, both included;
   * 0.5 by default.
   */
  readonly shrink?: number;
  /**
   * The coarse stage's share of the trials. The other stages share the rest evenly. A number from 0 to 1, both included; 0.4 by default.
   */
  readonly coarse?: number;
};

export const coarseToFineOptions: OptionSpecs & Record<keyof CoarseToFineOptions, OptionSpec> = {
  trials: {
    param: int(1, 10_000_000),
    special: "auto",
    default: "auto",
    doc: "How many trials all stages have together. The last stage continues after that. auto: as many as the budget allows; 60 without a budget.",
  },
  stages: { param: int(1, 100), default: 3, doc: "How many stages there are, including the coarse one." },
  shrink: {
    param: real(0.001, 1),
    default: 0.5,
    doc: "The largest width of each side of the region, as a fraction of its width in the stage before.",
  },
  coarse: { param: real(0, 1), default: 0.4, doc: "The coarse stage's share of the trials. The other stages share the rest evenly." },
};

/**
 * Makes a sampler that draws random points in ever smaller regions.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function coarseToFineSampler(options: CoarseToFineOptions = {}): Sampler<CoarseToFineState> {
  const { trials, ...rules } = readOptions("coarseToFine", coarseToFineOptions, options);
  return {
    name: "coarseToFine",
    version: 2,
    can: { conditional: true, objectives: 1, constraints: true, external: true, plans: trials === "auto" },
    leastTrials: () => leastFor(trials, rules),
    init: (problem, key) => ({ key, index: 0, stage: 0, started: 0, region: wholeSpace(problem.space) }),
    suggest: (state, context, { trial }) => {
      const { space } = context.problem;
      const planned = trials === "auto" && context.trials !== undefined;
      if (planned) state.wider ??= Array.from({ length: state.stage }, () => ({ started: 0, region: wholeSpace(space) }));
      const all = planned ? state.index + Math.max(1, context.trials - trial) : trials === "auto" ? 60 : trials;
      const stage = stageAt(state.index, all, rules);
      if (stage > state.stage) zoomIn(state, context, stage, rules.shrink);
      else if (stage < state.stage && planned) goBack(state, stage);
      const source = stream(derive(state.key, state.index));
      state.index++;
      const config = drawUntried(triedIn(context), () => configIn(space, state.region, source), source);
      return { config, note: { stage: state.stage } };
    },
    tell: () => {},
  };
}

type StageRules = Required<Omit<CoarseToFineOptions, "trials">>;

/** The stage of a point, if all stages together have `trials` points. */
function stageAt(index: number, trials: number, { stages, coarse }: StageRules): number {
  const coarseTrials = stages === 1 ? trials : Math.round(coarse * trials);
  if (index < coarseTrials) return 0;
  const each = Math.max(1, (trials - coarseTrials) / Math.max(1, stages - 1));
  return Math.min(stages - 1, 1 + Math.floor((index - coarseTrials) / each));
}

/** Each stage needs a trial. With a number of trials of its own, the search must reach its second stage. */
function leastFor(trials: number | "auto", { stages, coarse }: StageRules): LeastTrials {
  if (stages === 1 || coarse === 1) {
    const remedy = "Set the options stages to 2 or more and coarse below 1.";
    return { trials: Infinity, observed: false, because: "all points are random without a second stage", remedy };
  }
  const least = Math.max(2, trials === "auto" ? Math.ceil((stages - 1) / (1 - coarse)) : Math.round(coarse * trials) + 1);
  const because = trials === "auto" ? `some of the ${stages} stages have none` : `the coarse stage takes ${least - 1}`;
  return { trials: least, observed: false, because, remedy: `Allow at least ${least} trials.` };
}

/** The stage begins, in a smaller region if the one before has measured something. */
function zoomIn(state: CoarseToFineState, context: Context, stage: number, shrink: number): void {
  const { region, started, index, wider } = state;
  if (wider !== undefined) while (wider.length < stage) wider.push({ started, region });
  const inside = rankedInside(context, region);
  if (inside.length > 0) {
    const cluster = inside.slice(0, Math.max(2, Math.ceil(inside.length / 10))).map((trial) => trial.config);
    state.region = zoom(context.problem.space, region, cluster, index - started, shrink);
  }
  state.stage = stage;
  state.started = index;
}

/** The budget has grown, so a stage that had ended continues in its own region. The stages after it begin again. */
function goBack(state: CoarseToFineState, stage: number): void {
  const [reopened] = state.wider!.splice(stage);
  Object.assign(state, { ...reopened, stage });
}

export const coarseToFineCard: SamplerCard = samplerCard({
  name: "coarseToFine",
  doc: "Random points in stages: first in the whole space, then closer and closer around the best.",
  options: coarseToFineOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { trials: 20 },
  sampler: coarseToFineSampler,
});

/**
 * A point of the region drawn at random, again while it breaks a constraint; the last of 64 such points is moved into the feasible part
 * of the space.
 */
function configIn(space: Space, region: readonly RegionAxis[], source: Stream): Config {
  const draw = (): Float64Array => Float64Array.from(region, (axis) => pointIn(axis, source.uniform()));
  for (let tried = 1; tried < mostDraws; tried++) {
    const config = decodeFeasible(space, draw());
    if (config !== null) return config;
  }
  return decodeNear(space, draw());
}

const mostDraws = 64;

/** The measured trials inside the region, ordered by their last measurements, best first. */
function rankedInside({ problem, history }: Context, region: readonly RegionAxis[]): readonly Trial[] {
  const inside = history.trials.filter(
    (trial) => trial.curve.length > 0 && trial.status !== "failed" && contains(problem.space, region, trial.config),
  );
  return rankTrials(inside.map((one) => ({ trial: one.id, measurement: one.curve.at(-1)!, one }))).map(({ one }) => one);
}
