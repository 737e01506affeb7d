/** Section: the Pareto front. Only studies with several objectives have it. */
import type { Digest } from "../digest.ts";
import { frontFigure } from "../figures/front.ts";
import { figureIn, type StudySection } from "./section.ts";

export function paretoFront(digest: Digest): StudySection | null {
  if (digest.problem.objectives.length < 2 || digest.complete.length === 0) return null;
  return { id: "front", title: "Pareto front", blocks: figureIn(frontFigure(digest)) };
}
