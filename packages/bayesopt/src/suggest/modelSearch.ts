/** Where the acquisition is greatest, and what was decided on the way. */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { compareMerits, violationOf } from "@caviar-hpo/core/contract";
import { follow, type Purpose, purposeOf } from "../progress.ts";
import { type AcquisitionName, incumbentOf, landscapeOf } from "../search/acquire.ts";
import { candidates } from "../search/candidates.ts";
import type { AcquisitionLandscape } from "../search/landscape.ts";
import { type Found, maximise, rank } from "../search/maximise.ts";
import { boxAround, type SearchRegion, unitCube } from "../search/region.ts";
import { drawnJointly, sampleBest } from "../search/thompson.ts";
import { some } from "../search/untried.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import type { Trials } from "../trials.ts";
import type { Asking } from "./asking.ts";
import { cautiousAsks, isConfined } from "./caution.ts";
import type { Note } from "./proposal.ts";
import { remainingOf } from "./remaining.ts";
import { eliteOf, type Stratum, stratumInTurn } from "./stratum.ts";
import { believedUnits, type Weights, weighed, weightsOf } from "./weighed.ts";

export type ModelSearch = {
  /** Best first. */
  readonly ranked: readonly Found[];
  /** Other points with their values of the acquisition, best first. */
  readonly judge: (units: readonly Float64Array[]) => readonly Found[];
  readonly note: Note;
};

/** @param listed the only points to choose from, where there are few; else null. */
export function searchByModel(asking: Asking, model: ProblemModel, listed: readonly Float64Array[] | null): ModelSearch {
  const { settings, state, trials, key } = asking;
  const { acquisition, askEffort } = settings;
  const purpose = purposeOfAsk(asking, model);
  const weights = weightsOf(asking);
  const stratum = asking.cautious && isConfined(asking.index) && listed === null ? stratumInTurn(model, trials.pending) : null;
  if (stratum !== null) return searchStratum(asking, model, stratum, weights);
  const exploring = purpose.kind === "exploration" ? purpose.beta : 0;
  const side = purpose.kind === "region" && listed === null ? state.progress.side : null;
  const region = regionOf(model, trials, side, believedUnits(asking, weights));
  const imagining = (): AcquisitionLandscape =>
    weighed(landscapeOf(model, { exploring, pending: trials.pending, acquisition, key }), asking, weights);

  const landscape = imagining();
  const ranked = search({ acquisition, askEffort, model, landscape, region, listed, key });
  const remaining = !asking.foresees ? null : outlookOf(asking, model, ranked, weights);
  return {
    ranked,
    // Pending trials are imagined again, because Thompson sampling has taken candidates into the processes.
    judge: (units) => rank(imagining(), units),
    note: {
      ...noteOf(asking, model, purpose, { region: region.side, effort: landscape.evaluations() }),
      ...(remaining !== null && { remaining }),
    },
  };
}

/** What is still to be gained. The state keeps it. */
function outlookOf({ trial, state, trials, key }: Asking, model: ProblemModel, ranked: readonly Found[], { cost }: Weights) {
  const from = { ranked, pending: trials.pending, cost: cost?.model ?? null, key: derive(key, "remaining") };
  const remaining = remainingOf(model, from);
  if (remaining === null) return null;
  const outlook = { trial, ...remaining };
  state.outlooks = [...state.outlooks.slice(1 - mostOutlooks), outlook];
  return remaining;
}

const mostOutlooks = 1000;

/** The same search with one parameter fixed, for an improvement upon the best trial that has its value. */
function searchStratum(asking: Asking, model: ProblemModel, stratum: Stratum, weights: Weights): ModelSearch {
  const { settings, trials, key } = asking;
  const { acquisition, askEffort } = settings;
  const { features, ensemble } = model;
  const inside = { ...model, feasible: model.feasible.map((one, row) => one && stratum.inside[row]!) };
  const imagining = (): AcquisitionLandscape =>
    weighed(landscapeOf(inside, { exploring: 0, pending: trials.pending, acquisition, key }), asking, weights);
  const box = unitCube(features.axes.length);
  box.lower[stratum.axis] = stratum.at;
  box.upper[stratum.axis] = stratum.at;
  const region = { features, box, elite: eliteOf(model, stratum), logLengthscales: ensemble.logLengthscales, fixed: stratum.axis };
  const landscape = imagining();
  const ranked = search({ acquisition, askEffort, model: inside, landscape, region, listed: null, key });
  const note = noteOf(asking, inside, { kind: "cautious" }, { region: null, effort: landscape.evaluations() });
  return {
    ranked,
    judge: (units) => rank(imagining(), units),
    note: { ...note, stratum: features.space.params[stratum.axis]![0] },
  };
}

/** A cautious ask does not follow the progress, because it sees other values. */
function purposeOfAsk({ state, context, trials, index, cautious }: Asking, { values, feasible, features }: ProblemModel): Purpose {
  if (cautious) return { kind: "cautious" };
  const d = features.axes.length;
  follow(state.progress, { y: trials.observed.map(({ value }) => value), z: values.z, feasible, d });
  return purposeOf(state.progress, d, index - cautiousAsks(context.problem.space, trials, index));
}

/**
 * The whole cube, or with a side the box around the best point. The elite are the best twentieth, at least three, and then what is
 * believed.
 */
function regionOf(
  { features, standing, units, ensemble }: ProblemModel,
  trials: Trials,
  side: number | null,
  believed: readonly Float64Array[],
): SearchRegion & Sided {
  const { logLengthscales } = ensemble;
  const violations = trials.observed.map(violationOf);
  const elite = Array.from(standing.keys())
    .sort((a, b) => compareMerits(violations[a]!, standing[a]!, violations[b]!, standing[b]!) || a - b)
    .slice(0, Math.max(3, Math.ceil(0.05 * standing.length)))
    .map((row) => units[row]!);
  const box = side === null ? unitCube(features.axes.length) : boxAround(features, elite[0]!, logLengthscales, side);
  return { features, box, elite: [...elite, ...believed], logLengthscales, side };
}

type Sided = { readonly side: number | null };

type Search = {
  readonly acquisition: AcquisitionName;
  readonly askEffort: number;
  readonly model: ProblemModel;
  readonly landscape: AcquisitionLandscape;
  readonly region: SearchRegion;
  readonly listed: readonly Float64Array[] | null;
  readonly key: Key;
};

function search({ acquisition, askEffort, model, landscape, region, listed, key }: Search): readonly Found[] {
  if (acquisition === "thompson") {
    const { features, conditions, ensemble } = model;
    const points = listed ?? rowsOf(candidates(region, drawnJointly, derive(key, "candidates")), features.axes.length);
    return sampleBest(
      { features, process: ensemble.processes[0]!, conditions },
      some(points, drawnJointly, stream(derive(key, "drawn"))),
      key,
    );
  }
  if (listed !== null) return rank(landscape, listed);
  return maximise(landscape, region, { effort: askEffort, screened: screenedWith(model.units.length), key: derive(key, "search") });
}

function rowsOf(points: Float64Array, d: number): readonly Float64Array[] {
  return Array.from({ length: points.length / d }, (_, row) => points.slice(row * d, (row + 1) * d));
}

function noteOf(
  { trials }: Asking,
  model: ProblemModel,
  purpose: Purpose,
  { region, effort }: { readonly region: number | null; readonly effort: number },
): Note {
  const { processes } = model.ensemble;
  const { family, warp, noise, input } = model.choice;
  return {
    decided: purpose.kind === "region" && region === null ? "model" : purpose.kind,
    kernel: family,
    warp,
    noise,
    ...(input !== "none" && { input }),
    modes: processes.length,
    incumbent: incumbentOf(model),
    ...(purpose.kind === "exploration" && { beta: purpose.beta }),
    ...(region !== null && { side: region }),
    ...(processes[0]!.jitter > 0 && { jitter: processes[0]!.jitter }),
    ...(trials.pending.length > 0 && { pending: trials.pending.length }),
    ...(model.conditions.length > 0 && { conditions: model.conditions.length }),
    evidence: model.evaluations,
    effort,
  };
}

/**
 * Of how many candidates the variances are computed. With few rows, of all. With many, a variance costs O(n^2), so only the candidates with
 * the best bounds have one, and fewer of them as n grows.
 */
function screenedWith(n: number): number {
  return n < 32 ? Infinity : Math.max(64, Math.min(256, Math.floor((256 * 300) / n)));
}
