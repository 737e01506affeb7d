export type { Card, Dependence, Need, StrategyOptions } from "./contract/card.ts";
export { checkCard } from "./contract/checkCard.ts";
export {
  type Contestant,
  compare,
  compareMeasurements,
  compareMerits,
  compareStandings,
  rankTrials,
  type Standing,
  standingOf,
} from "./contract/compare.ts";
export { type Composed, complete, compose } from "./contract/compose.ts";
export {
  CaviarError,
  ConfigError,
  ExternalError,
  type Fault,
  JournalError,
  LimitError,
  NumericalError,
  ProtocolError,
  SpaceError,
  StateError,
} from "./contract/errors.ts";
export { createFromCard, describePlanOf, findCard } from "./contract/findCard.ts";
export { type JobId, jobId, type TrialId, trialId } from "./contract/ids.ts";
export type { Json } from "./contract/json.ts";
export { type Limits, limits } from "./contract/limits.ts";
export type { Told } from "./contract/measurement.ts";
export { type Notice, noticeText, type OnNotice, onceEach } from "./contract/notice.ts";
export { type OptionSpec, type OptionSpecs, type OptionValue, readOptions } from "./contract/options.ts";
export { type Pending, type PendingConfig, unseenIn } from "./contract/pending.ts";
export {
  type Fidelity,
  type GivenFidelity,
  type GivenProblem,
  type Objective,
  type Problem,
  readFidelity,
  readProblem,
} from "./contract/problem.ts";
export { sameJson } from "./contract/sameJson.ts";
export type { Sampler, SlotToFill, Suggestion } from "./contract/sampler.ts";
export { type SamplerCard, type SamplerHalf, samplerCard } from "./contract/samplerCard.ts";
export type { Move, Scheduler, Slot } from "./contract/scheduler.ts";
export { type CompositionNames, composeCards, type SchedulerCard } from "./contract/schedulerCard.ts";
export type { Answer, Capabilities, Context, Directive, Prediction, Proposal, Strategy, Then } from "./contract/strategy.ts";
export type { FailureReason, History, Job, Measurement, Remark, Report, Trial, TrialStatus } from "./contract/trial.ts";
export { isFeasible, violationOf } from "./contract/violation.ts";
export { derive, type Key, root } from "./random/key.ts";
export { permutation, type Stream, stream } from "./random/stream.ts";
export { uniformConfig } from "./random/uniform.ts";
export { type Clock, stillClock, type VirtualClock, virtualClock } from "./run/clock.ts";
export { type DriveEnd, type DriveOptions, drive, type Evaluate, type Evaluated, type Workbench } from "./run/drive.ts";
export { isPromise } from "./run/evaluation.ts";
export type { Signal } from "./run/signal.ts";
export { type Incumbent, type SimulateOptions, type Simulation, simulate, type World } from "./run/simulate.ts";
export type { Resource } from "./run/simulation/resource.ts";
export { decode, encode } from "./space/codec.ts";
export { checkConfig } from "./space/config.ts";
export { countValues, indexOfValue, isValueOf, valueAt } from "./space/lattice.ts";
export {
  type Choice,
  type ChoiceOptions,
  type Config,
  type ConfigOf,
  choice,
  type Given,
  given,
  type Int,
  type IntOptions,
  type IntScale,
  int,
  isActive,
  type Param,
  type ParamValue,
  type Plain,
  plainOf,
  type Real,
  type RealOptions,
  type RealScale,
  real,
  type Shape,
  type Space,
} from "./space/param.ts";
export { createSpace } from "./space/space.ts";
export type { Asked, AskOptions } from "./study/ask.ts";
export { bestTrials } from "./study/best.ts";
export type { Event } from "./study/events.ts";
export type { StudyDefinition } from "./study/fold.ts";
export { historyCache } from "./study/historyCache.ts";
export { readHistory } from "./study/ledger.ts";
export { adopt, replay } from "./study/replay.ts";
export type { Heard } from "./study/report.ts";
export { type Study, startStudy } from "./study/study.ts";
export { logFormat, upgradeLog } from "./study/upgradeLog.ts";
export { nearest } from "./text/nearest.ts";
export { show } from "./text/show.ts";
