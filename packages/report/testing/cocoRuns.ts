/** Runs on functions of BBOB for tests of the data folders of COCO: drawn from keyed streams, so each is the same everywhere. */
import { derive, root, stream } from "@caviar-hpo/core";
import { pow } from "@caviar-hpo/numerics";
import type { CocoRun } from "../src/neighbours/coco/cocoFiles.ts";

/**
 * Every instance has one run, because cocopp repeats runs until all instances have equally many. Some evaluations fail, and some runs end
 * early. Precisions are from about 1e2 down to 1e-9.
 */
export function cocoRuns(seed: number | string): readonly CocoRun[] {
  const source = stream(derive(root("coco runs"), seed));
  const pick = <T>(options: readonly T[]): T => options[source.integer(options.length)]!;
  return [1, 8, 24].flatMap((number) =>
    [2, 5, 10].flatMap((dimension) =>
      [1, 3, 101, 102, 110].map((instance): CocoRun => {
        const optimum = Math.round(20_000 * source.uniform() - 10_000) / 100;
        const slope = pick([0.05, 0.2, 0.5]);
        const count = pick([1, 25, 40]);
        const evaluations = Array.from({ length: count }, (_, at) => ({
          x: Array.from({ length: dimension }, () => 10 * source.uniform() - 5),
          value: source.uniform() < 0.1 ? pick([NaN, Infinity]) : optimum + pow(10, 2.3 - slope * at * source.uniform()),
        }));
        return { function: number, dimension, instance, optimum, evaluations };
      }),
    ),
  );
}
