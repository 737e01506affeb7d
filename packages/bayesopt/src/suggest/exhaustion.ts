/** The end of a finite space: what is left to try, and what to answer when nothing is. */
import { encode } from "@caviar-hpo/core";
import { everyConfig } from "../search/everyConfig.ts";
import { untriedPoints } from "../search/untried.ts";
import { type Asking, isTried } from "./asking.ts";

/** The points of a space that is small enough to be looked at whole. */
export type SmallSpace = {
  readonly all: readonly Float64Array[];
  readonly untried: readonly Float64Array[];
};

/** null where there are more points than one suggestion may evaluate. */
export function smallSpaceOf(asking: Asking): SmallSpace | null {
  const { space } = asking.context.problem;
  const configs = everyConfig(space, asking.settings.askEffort);
  if (configs === null) return null;
  const all = configs.map((config) => encode(space, config));
  return { all, untried: all.filter((unit) => !isTried(asking, unit)) };
}

/** Points that have not been tried, for the case that the search found only points that have been. Empty if there are none. */
export function leftOver({ settings, context, key, tried }: Asking): readonly Float64Array[] {
  return untriedPoints(context.problem.space, tried, settings.askEffort, key);
}

/** The answer when nothing is left. A point that still runs may be lost, and is then to be tried again. */
export function ending({ trials }: Asking): "wait" | "exhausted" {
  return trials.pending.length > 0 ? "wait" : "exhausted";
}
