/** The first suggestions: points that cover the space evenly, until there are enough for a model. */
import { decodeNear, derive, encode, type Problem, stream } from "@caviar-hpo/core";
import { beliefOf, unseenIn } from "@caviar-hpo/core/contract";
import { designed, untriedPoints } from "../search/untried.ts";
import type { BayesoptSettings } from "../settings.ts";
import { type Asking, isTried } from "./asking.ts";

/** Whether this suggestion still belongs to the design. Trials that came from elsewhere count. */
export function isInitial({ settings, context }: Asking): boolean {
  const { problem, history } = context;
  return history.trials.length + unseenIn(context).length < designSize(settings, problem);
}

/** How many points come before the model decides. */
export function designSize({ initial }: Pick<BayesoptSettings, "initial">, { space }: Pick<Problem, "space">): number {
  return initial === "auto" ? Math.max(5, Math.min(20, 2 * space.dims)) : initial;
}

/** The next untried point of the design. If all of them were tried, any untried point of the space; null if there is none. */
export function designPoint(asking: Asking): Float64Array | null {
  const { settings, context, state, index, key, tried } = asking;
  const { space } = context.problem;
  const next = believedPoint(asking) ?? designed(space, index, (unit) => isTried(asking, unit), state.key);
  return next ?? untriedPoints(space, tried, settings.askEffort, key)[0] ?? null;
}

/** The next few points of the design that have not been tried. */
export function designPoints(asking: Asking): readonly Float64Array[] {
  const { context, state, index } = asking;
  const next = Array.from({ length: designChoices }, (_, ahead) =>
    designed(context.problem.space, index + ahead, (unit) => isTried(asking, unit), state.key),
  );
  return next.filter((unit) => unit !== null);
}

const designChoices = 4;

/** Every second point of the design is drawn from the beliefs; null for the others, and if the draws have all been tried. */
function believedPoint(asking: Asking): Float64Array | null {
  const { context, state, index, settings } = asking;
  const { space } = context.problem;
  const density = settings.beliefStrength > 0 && index % 2 === 0 ? beliefOf(space) : null;
  if (density === null) return null;
  const source = stream(derive(state.key, "believed", index));
  for (let draw = 0; draw < believedDraws; draw++) {
    const unit = encode(space, decodeNear(space, density.draw(source)));
    if (!isTried(asking, unit)) return unit;
  }
  return null;
}

const believedDraws = 64;
