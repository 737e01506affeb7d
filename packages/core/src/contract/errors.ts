/**
 * Misuse throws one of these few classes. Each message reads *what: expected …, got …. remedy*, and the four parts are kept as
 * fields, so that a JSON-RPC error or a terminal can lay them out. Expected outcomes (a failed trial, a full grid) are values,
 * never errors.
 */

export type Fault = {
  /** A stable word for programs: "unknownOption", "diverged", … */
  readonly code: string;
  /** What was being checked, for instance `space "lr"`. */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;
};

export abstract class CaviarError extends Error implements Fault {
  readonly code: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;

  constructor(fault: Fault) {
    super(`${fault.what}: expected ${fault.expected}, got ${fault.got}. ${fault.remedy}`);
    this.name = new.target.name;
    this.code = fault.code;
    this.what = fault.what;
    this.expected = fault.expected;
    this.got = fault.got;
    this.remedy = fault.remedy;
  }
}

/** A search space that cannot be served: empty range, log scale at zero, clashing options, contradictory conditions. */
export class SpaceError extends CaviarError {}
/** A configuration, plan or option that does not fit what it was written for. */
export class ConfigError extends CaviarError {}
/** A message or proposal that breaks the contract between study, strategy and worker. */
export class ProtocolError extends CaviarError {}
/** A handle used after the state it described has moved on, or an object used after it was closed. */
export class StateError extends CaviarError {}
/** A log that cannot be read, written or replayed: corrupt, on a disk that fails, or diverged from what the strategy now answers. */
export class JournalError extends CaviarError {}
/** A numerical routine asked outside its domain. */
export class NumericalError extends CaviarError {}
/** More than the limits of `limits.ts` allow. */
export class LimitError extends CaviarError {}
/** Another process that misbehaved. */
export class ExternalError extends CaviarError {}
