/**
 * From a model to the landscape that is searched: the incumbent, the utility, and the draws of what is not known yet. Pending trials are
 * imagined: the process takes their points, and the acquisition is averaged over joint draws of their values, each with an incumbent of its
 * own, which is what the point adds to the batch's joint expected improvement (Ginsbourger, Le Riche & Carraro 2010; Snoek, Larochelle &
 * Adams 2012).
 */
import { derive, type Key } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import { bestPosteriorMean, incumbentsOfDraws } from "../acquisition/incumbents.ts";
import { quasiNormals } from "../acquisition/jointDraws.ts";
import { writeLogExpectedImprovement } from "../acquisition/logExpectedImprovement.ts";
import { logOptimisticImprovement } from "../acquisition/logOptimisticImprovement.ts";
import { writeLogProbabilityBelow } from "../acquisition/logProbabilityOfImprovement.ts";
import type { WriteImprovement } from "../acquisition/overDraws.ts";
import type { UtilityFunction } from "../acquisition/utility.ts";
import { coordinatesOf } from "../features.ts";
import type { Process } from "../process/process.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import { imagine } from "./imagine.ts";
import { type AcquisitionLandscape, createLandscape } from "./landscape.ts";
import type { LandscapeMember } from "./memberWorth.ts";

export const acquisitions = ["logEI", "logPI", "lowerConfidenceBound", "logNoisyEI", "thompson"] as const;
export type AcquisitionName = (typeof acquisitions)[number];

/** Measured points at which logNoisyEI draws the values without noise: those that may be the best. */
export const noisyRows = 10;
const drawCount = 64;
/** Beyond so many imagined points their values are not drawn, but count as expected: they only narrow the posterior. */
const mostDrawn = 256;
/** Standard deviations, as Vizier's. */
const beta = 1.8;
/** While nothing is feasible, the probability that a point is although its model says not: what is least known is then looked at first. */
const doubt = 1e-3;

/**
 * The value to improve upon, in the model's units: the least one, or with noise the least posterior mean; null where nothing is feasible.
 */
export function incumbentOf({ standing, feasible }: ProblemModel): number | null {
  const rivals = standing.filter((_, row) => feasible[row]!);
  return rivals.length === 0 ? null : bestPosteriorMean(rivals);
}

export type Acquiring = {
  readonly acquisition: AcquisitionName;
  /** Standard deviations of an exploring lower confidence bound, or 0 for the acquisition itself. */
  readonly exploring: number;
  /** Points of the unit cube that still run. */
  readonly pending: readonly Float64Array[];
  readonly key: Key;
};

export function landscapeOf(model: ProblemModel, acquiring: Acquiring): AcquisitionLandscape {
  const { acquisition, exploring, pending } = acquiring;
  const incumbent = incumbentOf(model);
  const bound = exploring > 0 ? exploring : acquisition === "lowerConfidenceBound" ? beta : null;
  const members = model.ensemble.processes.map((process): LandscapeMember => {
    process.forget();
    const busy = imagine(process, coordinatesOf(model.features, pending), pending.length, model.noisy).means;
    // While nothing is feasible there is nothing to improve upon: where the feasible may lie, the least known point comes first.
    if (incumbent === null) return { process, utility: logDeviation };
    if (bound !== null) return { process, utility: logOptimisticImprovement(incumbent, bound) };
    return improving(model, acquiring, incumbent, { process, busy });
  });
  return createLandscape(model.features, members, model.conditions, incumbent === null ? doubt : 0);
}

/** ln of the posterior standard deviation. */
const logDeviation: UtilityFunction = (_mean, variance, out) => {
  out.value = variance > 0 ? 0.5 * log(variance) : -Infinity;
  out.byMean = 0;
  out.byVariance = variance > 0 ? Math.min(0.5 / variance, Number.MAX_VALUE) : 0;
};

/** A process that imagines rows already, and their means. */
type Busy = { readonly process: Process; readonly busy: readonly number[] };

function improving(model: ProblemModel, { acquisition, key }: Acquiring, incumbent: number, { process, busy }: Busy): LandscapeMember {
  const improvement = acquisition === "logPI" ? writeLogProbabilityBelow : writeLogExpectedImprovement;
  const plain: LandscapeMember = { process, utility: (mean, variance, out) => improvement(incumbent, mean, variance, out) };
  if (busy.length > mostDrawn) return plain;
  if (acquisition === "logNoisyEI" && model.noisy) {
    const rows = bestUnits(model);
    const latent = imagine(process, coordinatesOf(model.features, rows), rows.length, false).means;
    if (latent.length > 0) return drawn(process, improvement, { means: [...busy, ...latent], from: busy.length, limit: Infinity }, key);
  }
  if (busy.length === 0) return plain;
  // With noise a drawn value may be luck: it narrows the posterior, but is not the one to improve upon.
  return drawn(process, improvement, { means: busy, from: model.noisy ? busy.length : 0, limit: incumbent }, key);
}

/** The measured feasible points that may be the best. */
function bestUnits({ standing, feasible, units }: ProblemModel): readonly Float64Array[] {
  const rows = Array.from(standing.keys())
    .filter((row) => feasible[row]!)
    .sort((a, b) => standing[a]! - standing[b]! || a - b);
  return rows.slice(0, noisyRows).map((row) => units[row]!);
}

/**
 * The imagined values: their posterior means, and which of them may be the incumbent of a draw, which is at most `limit`: those from number
 * `from` on.
 */
type ImaginedDraws = { readonly means: readonly number[]; readonly from: number; readonly limit: number };

/** The improvement averaged over draws of the imagined values. */
function drawn(process: Process, improvement: WriteImprovement, { means, from, limit }: ImaginedDraws, key: Key): LandscapeMember {
  const p = means.length;
  const normals = quasiNormals(drawCount, p, derive(key, "draws"));
  const values = normals.slice();
  process.drawInPlace(values, drawCount, Float64Array.from(means));
  const rivals = new Float64Array(drawCount * (p - from));
  for (let draw = 0; draw < drawCount; draw++) rivals.set(values.subarray(draw * p + from, (draw + 1) * p), draw * (p - from));
  const incumbents = p === from ? new Float64Array(drawCount).fill(limit) : incumbentsOfDraws(rivals, p - from, limit);
  return { process, utility: { improvement, normals, incumbents } };
}
