/**
 * Misuse throws one of these classes. Each message has the form *what: expected …, got …. remedy*. The error has the four parts as fields,
 * so that a JSON-RPC error or a terminal can arrange them. Expected outcomes, such as a failed trial or a complete grid, are values and
 * never errors.
 */

/** The parts of an error. */
export type Fault = {
  /** A stable word for programs: "unknownOption", "diverged", … */
  readonly code: string;
  /** What was checked, for instance `space "lr"`. */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;
};

/** The base class of all errors that Caviar throws. Each class has its name as a text, because a bundler may rename the class. */
export abstract class CaviarError extends Error implements Fault {
  declare readonly code: string;
  declare readonly what: string;
  declare readonly expected: string;
  declare readonly got: string;
  declare readonly remedy: string;

  constructor(fault: Fault) {
    const { code, what, expected, got, remedy } = fault;
    super(`${what}: expected ${expected}, got ${got}. ${remedy}`);
    Object.assign(this, { name: new.target.name, code, what, expected, got, remedy });
  }
}

/** A search space that is impossible: an empty range, a log scale at zero, equal options, contradictory conditions. */
export class SpaceError extends CaviarError {
  static override readonly name = "SpaceError";
}
/** A configuration, plan or option that does not fit its purpose. */
export class ConfigError extends CaviarError {
  static override readonly name = "ConfigError";
}
/** A message or proposal that breaks the contract between study, strategy and worker. */
export class ProtocolError extends CaviarError {
  static override readonly name = "ProtocolError";
}
/** A handle that was used after its state changed, or an object that was used after it was closed. */
export class StateError extends CaviarError {
  static override readonly name = "StateError";
}
/** A log that cannot be read, written or replayed: corrupt, on a disk that fails, or diverged from what the strategy now answers. */
export class JournalError extends CaviarError {
  static override readonly name = "JournalError";
}
/** A numerical routine that was called outside its domain. */
export class NumericalError extends CaviarError {
  static override readonly name = "NumericalError";
}
/** Data that exceed the limits in `limits.ts`. */
export class LimitError extends CaviarError {
  static override readonly name = "LimitError";
}
/** Another process that does not do what it should. */
export class ExternalError extends CaviarError {
  static override readonly name = "ExternalError";
}
