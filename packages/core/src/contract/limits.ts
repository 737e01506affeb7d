/** Every bound in one place; beyond them `LimitError` (or `SpaceError` for spaces). */
export type Limits = typeof limits;

export const limits: {
  readonly params: number;
  readonly options: number;
  readonly nameLength: number;
  readonly seedLength: number;
  readonly errorLength: number;
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
  /** UTF-16 units in the error of a failed trial; a longer one is cut. */
  errorLength: 1000,
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
