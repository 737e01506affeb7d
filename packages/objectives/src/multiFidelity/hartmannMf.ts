/**
 * Hartmann's functions with wells that are less deep at low fidelity.
 *
 * `augmentedHartmann6` is that of BoTorch (MIT): only the first well changes.
 *
 * `mfHartmann3` and `mfHartmann6` are those of mf-prior-bench (Apache-2.0), written from its formula. All four wells lose `bias`, which can
 * turn the function upside down. Half-normal noise is added, so noise only raises values, as in the published version. Both fade with the
 * logarithm of the fidelity, and are 0 at the highest fidelity.
 */
import { ConfigError, derive, stream } from "@caviar-hpo/core";
import { didYouMean } from "@caviar-hpo/core/text";
import { log } from "@caviar-hpo/numerics";
import { hartmann3, hartmann3WithDepths, hartmann6, hartmann6WithDepths, wellDepths } from "../classical/hartmann.ts";
import type { TestFunction } from "../testFunction.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { type BoxFunction, overBox } from "./overBox.ts";
import { share, shareSeconds } from "./share.ts";

/** Hartmann 6 whose fidelity, a share from 0.01 to 1, changes the depth of the first well. The minimum at share 1 is -3.3224. */
export function augmentedHartmann6(): MultiFidelityFunction {
  const full = hartmann6();
  return overBox({
    ...certified(full),
    id: "hartmann6-augmented",
    title: "Augmented Hartmann 6",
    fidelity: share,
    measureAt: (x, s) => hartmann6WithDepths([wellDepths[0]! - 0.1 * (1 - s), ...wellDepths.slice(1)], x),
    secondsAt: (_, s) => shareSeconds(s, 1),
    source: "BoTorch (MIT); Wu, Toscano-Palmerin, Frazier & Wilson 2019",
  });
}

/** How informative the low fidelities are: "good", "moderate", "bad" or "terrible". */
export type HartmannGrade = keyof typeof grades;

/** Bias and noise of mf-prior-bench's four versions. */
const grades = {
  good: { bias: 2.5, noise: 2 },
  moderate: { bias: 3, noise: 3 },
  bad: { bias: 3.5, noise: 4 },
  terrible: { bias: 4, noise: 5 },
} as const;

export const hartmannGrades: readonly HartmannGrade[] = ["good", "moderate", "bad", "terrible"];

/**
 * Hartmann's function on [0, 1]^3 with the fidelity 3 to 100 steps. The minimum at 100 steps is -3.8628.
 *
 * @throws ConfigError for an unknown grade.
 */
export function mfHartmann3(grade: HartmannGrade): MultiFidelityFunction {
  return graded(hartmann3(), hartmann3WithDepths, grade);
}

/**
 * Hartmann's function on [0, 1]^6 with the fidelity 3 to 100 steps. The minimum at 100 steps is -3.3224.
 *
 * @throws ConfigError for an unknown grade.
 */
export function mfHartmann6(grade: HartmannGrade): MultiFidelityFunction {
  return graded(hartmann6(), hartmann6WithDepths, grade);
}

function graded(
  full: TestFunction,
  withDepths: (depths: readonly number[], x: Float64Array) => number,
  grade: HartmannGrade,
): MultiFidelityFunction {
  if (!Object.hasOwn(grades, grade)) {
    throw new ConfigError({
      code: "grade",
      what: `the grade of mf-${full.id}`,
      expected: hartmannGrades.join(", "),
      got: String(grade),
      remedy: didYouMean(grade, hartmannGrades),
    });
  }
  const { bias, noise } = grades[grade];
  const id = `mf-${full.id}-${grade}`;
  return overBox({
    ...certified(full),
    id,
    title: `${full.title} of many fidelities, ${grade}`,
    fidelity: { unit: "step", min: 3, max: last, whole: true },
    measureAt: (x, z, run) => {
      const rest = 1 - log(z) / log(last);
      const value = withDepths(
        wellDepths.map((depth) => depth - bias * rest),
        x,
      );
      return value + noise * rest * Math.abs(stream(derive(run, "mf-hartmann", ...x, z)).normal());
    },
    secondsAt: (_, z) => shareSeconds(z / last, 2),
    source: "mf-prior-bench (Apache-2.0); Mallik, Bergman, Hvarfner, Stoll, Janowski, Lindauer, Nardi & Hutter 2023",
  });
}

const last = 100;

/** What the highest fidelity, which is the function itself, says of all of them. */
function certified(
  full: TestFunction,
): Pick<BoxFunction, "bounds" | "resumable" | "truthAt" | "optimum" | "minimisers" | "minimisersComplete"> {
  return {
    bounds: full.bounds,
    resumable: false,
    truthAt: full.evaluate,
    optimum: full.optimum,
    minimisers: full.minimisers,
    minimisersComplete: full.minimisersComplete,
  };
}
