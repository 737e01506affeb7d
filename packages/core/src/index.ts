export type { Card, StrategyOptions } from "./contract/card.ts";
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
export { type JobId, jobId, type TrialId, trialId } from "./contract/ids.ts";
export type { Json } from "./contract/json.ts";
export { limits } from "./contract/limits.ts";
export type { Told } from "./contract/measurement.ts";
export type { Notice, OnNotice } from "./contract/notice.ts";
export type { Fidelity, GivenFidelity, GivenProblem, Objective, Problem } from "./contract/problem.ts";
export type { Sampler } from "./contract/sampler.ts";
export type { SamplerCard } from "./contract/samplerCard.ts";
export type { Scheduler } from "./contract/scheduler.ts";
export type { SchedulerCard } from "./contract/schedulerCard.ts";
export type { Strategy } from "./contract/strategy.ts";
export type { FailureReason, History, Job, Measurement, Report, Trial, TrialFailure, TrialStatus } from "./contract/trial.ts";
export { derive, type Key, root } from "./random/key.ts";
export { permutation, type Stream, stream } from "./random/stream.ts";
export { uniformConfig } from "./random/uniform.ts";
export type { Clock } from "./run/clock.ts";
export { type DriveEnd, type DriveOptions, drive, type Evaluate, type Evaluated, type Workbench } from "./run/drive.ts";
export { isPromise } from "./run/evaluation.ts";
export type { Signal } from "./run/signal.ts";
export { type Incumbent, type SimulateOptions, type Simulation, simulate, type World } from "./run/simulate.ts";
export type { Resource } from "./run/simulation/resource.ts";
export type { Belief, Beliefs } from "./space/belief/belief.ts";
export { believe } from "./space/belief/believe.ts";
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
  int,
  isActive,
  type Param,
  type ParamValue,
  type Plain,
  plainOf,
  type Real,
  real,
  type Shape,
  type Space,
} from "./space/param.ts";
export { createSpace, isSpace } from "./space/space.ts";
export { constrain } from "./space/where/constrain.ts";
export type {
  CardinalityConstraint,
  ConstraintRange,
  ForbiddenCombination,
  ForbiddenValue,
  LinearConstraint,
  OrderConstraint,
  ParameterConstraint,
  ProductConstraint,
  SumConstraint,
} from "./space/where/constraint.ts";
export type { FeasibleMeasure, FeasibleSet } from "./space/where/feasibleSet.ts";
export { decodeFeasible, decodeNear, feasibleSetOf } from "./space/where/sets.ts";
export type { Asked, AskOptions } from "./study/ask.ts";
export { bestTrials } from "./study/best.ts";
export type { Event } from "./study/events.ts";
export type { StudyDefinition } from "./study/fold.ts";
export type { ObservedTrial } from "./study/observe.ts";
export { readHistory } from "./study/readHistory.ts";
export { adopt, replay } from "./study/replay.ts";
export { type Study, startStudy } from "./study/study.ts";
export { logFormat, upgradeLog } from "./study/upgradeLog.ts";
