/**
 * Time limits of tests, in milliseconds. They only catch hangs: a machine that is ten times slower than usual must not reach one. A test
 * that needs more than the limit of its mode states its own.
 */
export const timeLimits = {
  /** One test, or one hook, of `npm test` and `npm run test:browser`. */
  test: 600_000,
  /** One test, or one hook, of the nightly run and of the comparisons with peers. */
  longTest: 6_000_000,
  /** Closing a worker, or connecting to the browser. */
  setUp: 600_000,
} as const;

/** What a Vitest configuration takes. */
export function limitsOf(kind: "test" | "longTest"): {
  readonly testTimeout: number;
  readonly hookTimeout: number;
  readonly teardownTimeout: number;
} {
  return { testTimeout: timeLimits[kind], hookTimeout: timeLimits[kind], teardownTimeout: timeLimits.setUp };
}
