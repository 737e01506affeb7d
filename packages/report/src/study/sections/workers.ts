/** Section: what the workers did. */
import type { Digest } from "../digest.ts";
import { workersFigure } from "../figures/workers.ts";
import { figureIn, type StudySection } from "./section.ts";

/** null if no job is known. */
export function workers({ jobs }: Digest): StudySection | null {
  const figure = workersFigure(jobs);
  return figure === null ? null : { id: "workers", title: "What the workers did", blocks: figureIn(figure) };
}
