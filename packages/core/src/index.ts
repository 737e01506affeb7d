export { bestTrials, isFeasible } from "./best.ts";
export { type Clock, stillClock, type VirtualClock, virtualClock } from "./clock.ts";
export { type Composed, complete, compose } from "./compose.ts";
export { type DriveEnd, type DriveOptions, drive, type Evaluate, type Evaluated, type Workbench } from "./drive.ts";
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
} from "./errors.ts";
export type { Event } from "./events.ts";
export { historyCache, readHistory } from "./history.ts";
export { type JobId, jobId, type TrialId, trialId } from "./ids.ts";
export type { Json } from "./json.ts";
export { derive, type Key, root } from "./key.ts";
export { type Limits, limits } from "./limits.ts";
export type { Told } from "./measurement.ts";
export { nearest } from "./nearest.ts";
export { type OptionSpec, type OptionSpecs, readOptions } from "./options.ts";
export type { Fidelity, Objective, Problem } from "./problem.ts";
export { adopt, replay } from "./replay.ts";
export { sameJson } from "./sameJson.ts";
export type { Sampler, Suggestion } from "./sampler.ts";
export type { Move, Scheduler, Slot } from "./scheduler.ts";
export { show } from "./show.ts";
export type { Signal } from "./signal.ts";
export { type Incumbent, type SimulateOptions, type Simulation, simulate, type World } from "./simulate.ts";
export type { Resource } from "./simulation/resource.ts";
export { decode, encode } from "./space/codec.ts";
export { checkConfig } from "./space/config.ts";
export {
  type Choice,
  type Config,
  type ConfigOf,
  choice,
  type Given,
  given,
  type Int,
  type IntScale,
  int,
  isActive,
  type Option,
  type Param,
  type Plain,
  plainOf,
  type Real,
  type RealScale,
  real,
  type Shape,
  type Space,
} from "./space/param.ts";
export { createSpace } from "./space/space.ts";
export type { Answer, Capabilities, Context, Directive, Prediction, Proposal, Strategy, Then } from "./strategy.ts";
export { permutation, type Stream, stream } from "./stream.ts";
export { type Asked, type Heard, openStudy, type Study, type StudyDefinition } from "./study.ts";
export type { Acquisition, FitHealth, Moments, Points, Posterior, Surrogate } from "./surrogate.ts";
export type { FailureReason, History, Job, Measurement, Remark, Report, Trial, TrialStatus } from "./trial.ts";
