/**
 * What went wrong in a cell, as data that passes between threads: structured cloning keeps an error's message and stack, and loses its
 * class and its fields. Wherever the cell ran, the campaign makes its error from these data, and the error names the cell.
 */
import {
  ConfigError,
  ExternalError,
  type Fault,
  JournalError,
  LimitError,
  NumericalError,
  ProtocolError,
  SpaceError,
  StateError,
} from "@caviar-hpo/core";
import type { CellName } from "../plan/cells.ts";

export type CellFailure = {
  readonly name: string;
  /** The numbers and texts among the error's fields: a fault's parts, a system error's code. */
  readonly fields: { readonly [field: string]: string | number };
  readonly cause: Error;
};

export function failureOf(thrown: unknown): CellFailure {
  const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
  const fields = Object.entries(cause).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return { name: cause.name, fields: Object.fromEntries(fields), cause };
}

/** The error that a campaign throws for a cell: of the same class where it is one of ours. */
export function errorAt({ problem, strategy, seed }: CellName, { name, fields, cause }: CellFailure): Error {
  const where = `${problem}, ${strategy}, seed ${seed}`;
  const known = classes.find((one) => one.name === name);
  if (known === undefined) return Object.assign(new Error(`${where}: ${cause.message}`, { cause }), fields);
  const fault = fields as Fault;
  return new known({ ...fault, what: `${where}: ${fault.what}` });
}

const classes = [ConfigError, ExternalError, JournalError, LimitError, NumericalError, ProtocolError, SpaceError, StateError];
