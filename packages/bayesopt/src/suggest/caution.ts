/**
 * Which asks the cautious model decides. The most probable model can be wrong about what has hardly been tried. If most trials lie in one
 * flat basin, the warp that explains them best stretches their tiny differences, and makes all other values look far worse. The parameters
 * that do nothing in this basin get long lengthscales, as if they did nothing anywhere. Then every ask polishes the flat basin.
 *
 * The cautious model takes the values as they are, with noise, and assumes that every parameter matters (surrogate/modelChoice.ts). So it
 * asks where little has been tried. It has turns where flat basins are usual: where parameters are discrete or conditional, and where
 * values tie. Every second ask is its turn at first, and every third one later. Every second turn is confined to a stratum (stratum.ts).
 */
import type { Space } from "@caviar-hpo/core";
import type { Trials } from "../trials.ts";

/** @param ask the number of the ask, from 0. */
export function isCautious(space: Space, trials: Trials, ask: number): boolean {
  return turnsBefore(ask + 1) > turnsBefore(ask) && mayBeFlat(space, trials);
}

/** Whether a cautious ask is confined to a stratum. */
export function isConfined(ask: number): boolean {
  return turnsBefore(ask) % 2 === 1;
}

/** How many of the asks before this one were cautious, if all trials so far had been known. */
export function cautiousAsks(space: Space, trials: Trials, ask: number): number {
  return mayBeFlat(space, trials) ? turnsBefore(ask) : 0;
}

/** Turns of the cautious model among the first `asks` asks. */
function turnsBefore(asks: number): number {
  const early = Math.min(asks, earlyAsks);
  return Math.ceil(early / 2) + Math.ceil((asks - early) / 3);
}

const earlyAsks = 24;

function mayBeFlat(space: Space, { observed }: Trials): boolean {
  return isMixed(space) || new Set(observed.map(({ value }) => value)).size < observed.length;
}

/** Whether some parameters are discrete or conditional. */
function isMixed({ params }: Space): boolean {
  return params.some(([, param]) => param.kind !== "real" || param.step !== undefined);
}
