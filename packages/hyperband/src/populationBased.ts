/**
 * Population-based training (Jaderberg, Dalibard, Osindero, Czarnecki, Donahue, Razavi, Vinyals, Green, Dunning, Simonyan, Fernando and
 * Kavukcuoglu 2017): a population trains in segments. After each segment, a member whose last measurement is in the worst quantile of the
 * population exploits a member of the best quantile: it continues from the rival's checkpoint (truncation selection). It also explores: it
 * perturbs the hyperparameters that it took over. The other members continue without a change. No member waits for another.
 *
 * A failed member takes over from a rival like one of the worst. While there is no rival, a new random member replaces it. If the problem
 * has no checkpoints, a member that takes over trains the perturbed configuration from scratch, to one segment beyond its rival. When no
 * new trial may start, every member that can continues without a change. A random member has no configuration of an earlier trial while
 * others are left; a take-over may, because it trains the configuration from another checkpoint.
 */
import {
  type Card,
  choice,
  derive,
  type Fidelity,
  int,
  type Key,
  type Report,
  real,
  type Strategy,
  stream,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import {
  type Answer,
  type Capabilities,
  type Context,
  compareStandings,
  type Directive,
  drawConfig,
  drawUntried,
  type LeastTrials,
  type OptionSpec,
  type OptionSpecs,
  type Proposal,
  readOptions,
  type Standing,
  standingOf,
  triedIn,
} from "@caviar-hpo/core/contract";
import { type Explored, perturb } from "./explore.ts";
import { evenFidelities } from "./segments.ts";

export type PopulationBasedOptions = {
  /** How many models train in parallel. A whole number from 1 to 10000, both included; 20 by default. */
  readonly population?: number;
  /** How many segments of equal length a training has. A whole number from 1 to 1000, both included; 10 by default. */
  readonly segments?: number;
  /**
   * The share of the population that counts as best, and the share that counts as worst: rounded down, but at least one member. The worst
   * copy the best. 0: no member copies another. A number from 0 to 0.5, both included; 0.25 by default.
   */
  readonly quantile?: number;
  /**
   * Which parameters change during training. reals: real parameters only. all: sizes and choices too, for models whose checkpoints stay
   * valid. One of "reals", "all"; "reals" by default.
   */
  readonly explore?: Explored;
  /** A change multiplies a hyperparameter by 1 + step or by 1 - step. A number from 0.001 to 0.9, both included; 0.2 by default. */
  readonly step?: number;
  /**
   * The probability that a hyperparameter is drawn at random instead of multiplied. A number from 0 to 1, both included; 0.25 by default.
   */
  readonly resample?: number;
};

export const populationBasedOptions: OptionSpecs & Record<keyof PopulationBasedOptions, OptionSpec> = {
  population: { param: int(1, 10_000), default: 20, doc: "How many models train in parallel." },
  segments: { param: int(1, 1000), default: 10, doc: "How many segments of equal length a training has." },
  quantile: {
    param: real(0, 0.5),
    default: 0.25,
    doc: "The share of the population that counts as best, and the share that counts as worst: rounded down, but at least one member. The worst copy the best. 0: no member copies another.",
  },
  explore: {
    param: choice(["reals", "all"]),
    default: "reals",
    doc: "Which parameters change during training. reals: real parameters only. all: sizes and choices too, for models whose checkpoints stay valid.",
  },
  step: { param: real(0.001, 0.9), default: 0.2, doc: "A change multiplies a hyperparameter by 1 + step or by 1 - step." },
  resample: { param: real(0, 1), default: 0.25, doc: "The probability that a hyperparameter is drawn at random instead of multiplied." },
};

/** `standing` is the last measurement of the member's trial, at `fidelity`. It is null before the first one and after a failure. */
type Member = { phase: "new" | "running" | "ready" | "failed" | "over"; trial: TrialId; fidelity: number; standing: Standing | null };

/** `turns` counts the decisions. Each decision has a key of its own. */
export type PopulationBasedState = { readonly key: Key; turns: number; readonly ends: readonly number[]; readonly members: Member[] };

/**
 * Makes the strategy.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function populationBased(options: PopulationBasedOptions = {}): Strategy<PopulationBasedState> {
  const read = readOptions("populationBased", populationBasedOptions, options);
  return {
    name: "populationBased",
    version: 2,
    can: everything,
    init: ({ fidelity }, key) => ({
      key,
      turns: 0,
      ends: evenFidelities(fidelity ?? evaluation, read.segments),
      members: Array.from({ length: read.population }, () => ({ phase: "new", trial: trialId(0), fidelity: 0, standing: null })),
    }),
    leastTrials: () => leastFor(read),
    ask: (state, context, want, nextTrial) => askMembers(state, context, { want, nextTrial, options: read }),
    tell: (state, _context, report) => tellMember(state, report),
  };
}

export const populationBasedCard: Card = {
  name: "populationBased",
  doc: "Population-based training: the worst models copy the checkpoints of the best, with slightly changed hyperparameters.",
  options: populationBasedOptions,
  needs: ["fidelity"],
  adaptive: true,
  random: true,
  dependsOn: "order",
  cheap: { population: 8 },
  create: populationBased,
};

/** Each member is a trial, and so is each take-over. */
function leastFor({ population, segments, quantile }: Required<PopulationBasedOptions>): LeastTrials {
  const usual = population + (segments - 1) * cutOf(population, quantile);
  return {
    trials: population + 1,
    observed: false,
    because: `the population takes the first ${population}, and each take-over is a new trial`,
    remedy: `Allow about ${Math.max(usual, population + 1)} trials for all take-overs, or lower the option population.`,
  };
}

/** All but several objectives and joint batches. */
export const everything: Capabilities = {
  batch: false,
  fidelity: true,
  conditional: true,
  objectives: 1,
  constraints: true,
  external: true,
  resumes: true,
};

/** Stands for the fidelity of a problem that has none. */
export const evaluation: Fidelity = { unit: "evaluation", min: 1, max: 1, whole: true };

type Ask = { readonly want: number; readonly nextTrial: TrialId; readonly options: Required<PopulationBasedOptions> };

/** Idle members take their turns until there are `want` proposals. */
function askMembers(state: PopulationBasedState, context: Context, { want, nextTrial, options }: Ask): Answer {
  const proposals: Proposal[] = [];
  const directives: Directive[] = [];
  const { starts: most = want } = context;
  let starts = 0;
  let held = false;
  const asked = { ...context, pending: context.pending.after(proposals, nextTrial) };
  for (const member of idleMembers(state.members)) {
    if (proposals.length === want) break;
    const decision = decide({ state, member, context: asked, key: derive(state.key, state.turns + 1), mayStart: starts < most, options });
    held ||= decision === null;
    if (decision === null) continue;
    state.turns++;
    const { proposal, loses } = decision;
    if (loses) directives.push({ kind: "discard", trial: member.trial });
    proposals.push(proposal);
    member.phase = "running";
    if (proposal.kind === "resume") continue;
    member.trial = trialId(nextTrial + starts);
    member.standing = null;
    starts++;
  }
  const then = thenOf(state.members);
  return { proposals, directives, then: held && then === "more" ? "wait" : then };
}

/** The least trained first, so that all members advance together even if the population is larger than the number of workers. */
function idleMembers(members: readonly Member[]): readonly Member[] {
  const idle = members.filter((member) => member.phase !== "running" && member.phase !== "over");
  return idle.sort((a, b) => a.fidelity - b.fidelity);
}

/** One member's turn, with a key of its own. `mayStart` is whether it may begin a new trial. */
type Turn = {
  readonly state: PopulationBasedState;
  readonly member: Member;
  readonly context: Context;
  readonly key: Key;
  readonly mayStart: boolean;
  readonly options: Required<PopulationBasedOptions>;
};

/** `loses` is whether the member gives up its trial. */
type Decision = { readonly proposal: Proposal; readonly loses: boolean };

/** What the member does next; null where that takes a new trial, and none may start. */
function decide(turn: Turn): Decision | null {
  const { state, member, context, key, mayStart, options } = turn;
  const rival = member.phase === "new" ? null : rivalOf(state, member, options.quantile, derive(key, "rival"));
  if (member.phase === "ready" && (rival === null || !mayStart))
    return { proposal: { kind: "resume", trial: member.trial, until: nextEnd(state, member) }, loses: false };
  if (!mayStart) return null;
  if (rival !== null) return { proposal: takeOver(turn, rival), loses: member.phase === "ready" };
  const source = stream(derive(key, "random"));
  const config = drawUntried(triedIn(context), () => drawConfig(context.problem.space, source), source);
  return { proposal: { kind: "start", config, until: state.ends[0]! }, loses: false };
}

/** A random member of the best quantile that can train further, if `member` is in the worst quantile or has failed; null otherwise. */
function rivalOf({ members, ends }: PopulationBasedState, member: Member, quantile: number, key: Key): Member | null {
  const measured = members.filter((one) => one.standing !== null).sort((a, b) => compareStandings(a.standing!, b.standing!));
  const cut = cutOf(measured.length, quantile);
  if (member.standing !== null && measured.indexOf(member) < measured.length - cut) return null;
  const rivals = measured.slice(0, cut).filter((one) => one.fidelity < ends.at(-1)!);
  return rivals.length === 0 ? null : rivals[stream(key).integer(rivals.length)]!;
}

/** How many members are best, and how many are worst: at least one as soon as there are two, unless the quantile is 0. */
function cutOf(measured: number, quantile: number): number {
  if (quantile === 0) return 0;
  return Math.min(Math.max(1, Math.floor(measured * quantile)), Math.floor(measured / 2));
}

/** The member takes over the rival's checkpoint, if the problem has checkpoints, and the rival's configuration with changes. */
function takeOver({ state, context, key, options }: Turn, rival: Member): Proposal {
  const { problem, history } = context;
  const config = perturb(problem.space, history.trials[rival.trial]!.config, derive(key, "explore"), options);
  const rest = { config, until: nextEnd(state, rival), note: { from: rival.trial, at: rival.fidelity } };
  return problem.resumable ? { kind: "clone", parent: rival.trial, at: rival.fidelity, ...rest } : { kind: "start", ...rest };
}

/** Where the segment ends that follows the member's fidelity. */
function nextEnd({ ends }: PopulationBasedState, { fidelity }: Member): number {
  return ends.find((end) => end > fidelity)!;
}

function thenOf(members: readonly Member[]): "more" | "wait" | "done" {
  if (idleMembers(members).length > 0) return "more";
  return members.some((member) => member.phase === "running") ? "wait" : "done";
}

function tellMember(state: PopulationBasedState, report: Report): readonly Directive[] {
  const member = state.members.find((one) => one.phase === "running" && one.trial === report.trial);
  if (member === undefined || report.kind === "measured") return [];
  if (report.kind === "failed") {
    Object.assign(member, { phase: "failed", fidelity: 0, standing: null });
    return [{ kind: "discard", trial: report.trial }];
  }
  const { fidelity } = report.measurement;
  const phase = fidelity < state.ends.at(-1)! ? "ready" : "over";
  Object.assign(member, { phase, fidelity, standing: standingOf(report.trial, report.measurement) });
  return [];
}
