/** All limits in one place. Data beyond a limit is refused with `LimitError`, or with `SpaceError` for spaces. */
export type Limits = typeof limits;

/** The largest sizes that Caviar accepts. */
export const limits: {
  readonly params: number;
  readonly options: number;
  readonly nameLength: number;
  readonly seedLength: number;
  readonly trials: number;
  readonly want: number;
  readonly objectives: number;
  readonly constraints: number;
  readonly lineBytes: number;
  readonly depth: number;
} = {
  /** Parameters in a space. */
  params: 4096,
  /** Options of one choice. */
  options: 65536,
  /** Characters in a name (parameter, objective, constraint, strategy). */
  nameLength: 256,
  /** Characters in a seed. */
  seedLength: 1024,
  /** Trials in a study. */
  trials: 10_000_000,
  /** Proposals asked for at once. */
  want: 100_000,
  objectives: 64,
  constraints: 1024,
  /** UTF-16 units in one wire message. */
  lineBytes: 64 * 1024 * 1024,
  /** Nesting of a wire message. */
  depth: 64,
};
