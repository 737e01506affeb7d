/** One law as a property with a fixed seed. A failure names the law, shrinks the case, and names the call that repeats it. */
import fc from "fast-check";
import { ProtocolError } from "../contract/errors.ts";

/** A law that a test runner can run. `run` throws if the law is broken. */
export type Law = { readonly name: string; readonly run: () => void };

export type PropertyOptions = {
  /** Multiplies the number of cases of each law. 1 by default. Nightly runs use 100 and more, and expensive strategies 0.1. */
  readonly runs?: number;
  /** The seed of the cases. 1 by default. */
  readonly seed?: number;
  /** Runs only this law and only this case, as a failure printed it. By default all. */
  readonly reproduce?: { readonly law: string; readonly seed: number; readonly path: string };
};

/** What is checked of whom: `cases` is how many are drawn where `runs` is 1. */
export type Claim = { readonly strategy: string; readonly law: string; readonly cases: number; readonly options: PropertyOptions };

export function lawOf<T>({ strategy, law, cases, options }: Claim, arbitrary: fc.Arbitrary<T>, check: (value: T) => void): Law {
  const { runs = 1, reproduce } = options;
  const seed = reproduce?.seed ?? options.seed ?? 1;
  const run = (): void => {
    const details = fc.check(fc.property(arbitrary, check), {
      seed,
      numRuns: Math.max(1, Math.round(cases * runs)),
      ...(reproduce === undefined ? {} : { path: reproduce.path }),
    });
    if (!details.failed) return;
    const again = { law, seed: details.seed, path: details.counterexamplePath };
    const { errorInstance } = details;
    const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    const report = `${why}\n${fc.defaultReportMessage(details) ?? ""}`;
    throw new ProtocolError({
      code: "brokenLaw",
      what: `strategy ${JSON.stringify(strategy)}`,
      expected: `the law "${law}"`,
      got: report.length > 6000 ? `${report.slice(0, 6000)}...` : report,
      remedy: `Reproduce it with strategyLaws(${JSON.stringify(strategy)}, create, { reproduce: ${JSON.stringify(again)} }).`,
    });
  };
  return { name: law, run };
}
