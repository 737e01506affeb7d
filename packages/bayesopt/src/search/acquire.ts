/**
 * From a surrogate to the landscape that is searched: the incumbent, the utility, and the draws of what is not known yet. Pending trials are imagined:
 * the process takes their points, and the acquisition is averaged over joint draws of their values, each with an incumbent of its own, which is
 * what the point adds to the batch's joint expected improvement (Ginsbourger, Le Riche & Carraro 2010; Snoek, Larochelle & Adams 2012).
 */
import { derive, type Key } from "@caviar/core";
import { incumbentsOfDraws } from "../acquisition/incumbents.ts";
import { quasiNormals } from "../acquisition/jointDraws.ts";
import { logExpectedImprovement } from "../acquisition/logExpectedImprovement.ts";
import { logProbabilityOfImprovement } from "../acquisition/logProbabilityOfImprovement.ts";
import { lowerConfidenceBound } from "../acquisition/lowerConfidenceBound.ts";
import type { UtilityFunction } from "../acquisition/utility.ts";
import type { Process } from "../process/process.ts";
import { queries } from "../surrogate/ensemble.ts";
import { coordinatesOf } from "../surrogate/feasibility.ts";
import { meansAt, type Surrogate } from "../surrogate/surrogate.ts";
import { createLandscape, type Landscape, type Member } from "./landscape.ts";

export const acquisitions = ["logEI", "logPI", "lowerConfidenceBound", "logNoisyEI", "thompson"] as const;
export type AcquisitionName = (typeof acquisitions)[number];

/** Measured points at which logNoisyEI draws the values without noise: those that may be the best. */
export const noisyRows = 10;
const drawCount = 64;
/** Standard deviations, as Vizier's. */
const beta = 1.8;

/** The value to improve upon, in the model's units: the least one, or with noise the least posterior mean; null where nothing is feasible. */
export function incumbentOf(surrogate: Surrogate): number | null {
  const { standardised, feasible, state } = surrogate;
  const values =
    state.choice!.noise === "learned" || standardised.variance !== null ? meansAt(surrogate, surrogate.x).mean : standardised.z;
  const candidates = values.filter((_, i) => feasible[i]!);
  return candidates.length === 0 ? null : candidates.reduce((least, value) => Math.min(least, value), Infinity);
}

/** @param exploring standard deviations of an exploring lower confidence bound, or 0 for the acquisition itself. */
export function landscapeOf(
  surrogate: Surrogate,
  exploring: number,
  pending: readonly Float64Array[],
  acquisition: AcquisitionName,
  key: Key,
): Landscape {
  const incumbent = incumbentOf(surrogate);
  const noisy = surrogate.state.choice!.noise === "learned";
  const members =
    incumbent === null
      ? []
      : surrogate.ensemble.processes.map((process) => memberOf(surrogate, process, pending, acquisition, exploring, incumbent, noisy, key));
  return createLandscape(surrogate.features, members, surrogate.conditions);
}

function memberOf(
  surrogate: Surrogate,
  process: Process,
  pending: readonly Float64Array[],
  acquisition: AcquisitionName,
  exploring: number,
  incumbent: number,
  noisy: boolean,
  key: Key,
): Member {
  const utility = exploring > 0 ? lowerConfidenceBound(exploring) : utilityOf(acquisition, incumbent);
  process.forget();
  const busy = imagine(process, coordinatesOf(surrogate.features, pending), noisy);
  if (acquisition === "logNoisyEI" && noisy) {
    const means = new Float64Array(process.n);
    const x = surrogate.x;
    const { size } = surrogate.features;
    means.set(meansAt(surrogate, x).mean);
    const rows = Array.from(means.keys())
      .filter((i) => surrogate.feasible[i]!)
      .sort((a, b) => means[a]! - means[b]! || a - b)
      .slice(0, noisyRows);
    const best = new Float64Array(rows.length * size);
    rows.forEach((row, i) => {
      best.set(x.subarray(row * size, (row + 1) * size), i * size);
    });
    const latent = imagine(process, best, false);
    if (latent.length > 0) return drawn(process, utility, [...busy, ...latent], busy.length, Infinity, key);
  }
  if (busy.length === 0 || exploring > 0) return { process, utility, fantasies: null };
  // With noise a drawn value may be luck: it narrows the posterior, but is not the one to improve upon.
  return drawn(process, utility, busy, noisy ? busy.length : 0, incumbent, key);
}

/** Draws of the imagined values; those from number `from` on may be the incumbent. */
function drawn(process: Process, utility: UtilityFunction, means: readonly number[], from: number, limit: number, key: Key): Member {
  const p = means.length;
  const normals = quasiNormals(drawCount, p, derive(key, "draws"));
  const values = normals.slice();
  process.drawInPlace(values, drawCount, Float64Array.from(means));
  const rivals = new Float64Array(drawCount * (p - from));
  for (let draw = 0; draw < drawCount; draw += 1) rivals.set(values.subarray(draw * p + from, (draw + 1) * p), draw * (p - from));
  const incumbents = p === from ? new Float64Array(drawCount).fill(limit) : incumbentsOfDraws(rivals, p - from, limit);
  return { process, utility, fantasies: { normals, incumbents } };
}

/** The posterior means at the points that could be imagined, one a point; none where they could not. */
function imagine(process: Process, x: Float64Array, noisy: boolean): readonly number[] {
  const { d } = process.size;
  const count = x.length / d;
  const means: number[] = [];
  const mean = new Float64Array(queries);
  for (let start = 0; start < count; start += queries) {
    const m = Math.min(queries, count - start);
    process.predict(x.subarray(start * d, (start + m) * d), m, mean, null, null);
    means.push(...mean.subarray(0, m));
  }
  return count > 0 && process.imagine(x, count, noisy) ? means : [];
}

function utilityOf(acquisition: AcquisitionName, incumbent: number): UtilityFunction {
  switch (acquisition) {
    case "logPI":
      return logProbabilityOfImprovement(incumbent);
    case "lowerConfidenceBound":
      return lowerConfidenceBound(beta);
    default:
      return logExpectedImprovement(incumbent);
  }
}
