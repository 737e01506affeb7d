/** All limits in one place. Data beyond a limit is refused with `LimitError`, or with `SpaceError` for spaces. */
export type Limits = typeof limits;

/** The largest sizes that Caviar accepts. */
export const limits: {
  /** Parameters in a space. */
  readonly params: number;
  /** Options of one choice. */
  readonly options: number;
  /** Characters in a name (parameter, objective, constraint, strategy). */
  readonly nameLength: number;
  /** Characters in a seed. */
  readonly seedLength: number;
  /** UTF-16 units in the error of a failed trial. A longer text is cut. */
  readonly errorLength: number;
  /** Trials in a study. */
  readonly trials: number;
  /** Jobs in one ask. */
  readonly want: number;
  /** Objectives of a problem. */
  readonly objectives: number;
  /** Constraints of a problem. */
  readonly constraints: number;
  /** UTF-16 units in one wire message. */
  readonly lineBytes: number;
  /** Levels of nesting in a wire message. */
  readonly depth: number;
} = {
  params: 4096,
  options: 65536,
  nameLength: 256,
  seedLength: 1024,
  errorLength: 1000,
  trials: 10_000_000,
  want: 100_000,
  objectives: 64,
  constraints: 1024,
  lineBytes: 64 * 1024 * 1024,
  depth: 64,
};
