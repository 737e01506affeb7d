/** The five classes of BBOB's functions (Hansen, Finck, Ros and Auger 2009), in their order. COCO shows each of them in a figure. */
import type { ProblemFacts } from "../results.ts";

const classes: readonly (readonly [last: number, title: string])[] = [
  [5, "separable"],
  [9, "moderate conditioning"],
  [14, "ill-conditioned"],
  [19, "multimodal"],
  [24, "weak structure"],
];

export const bbobClasses: readonly string[] = classes.map(([, title]) => title);

/** undefined for other problems. */
export function bbobClassOf({ group = "" }: Pick<ProblemFacts, "group">): string | undefined {
  const [, number] = /^bbob-f(\d+)$/.exec(group) ?? [];
  return classes.find(([last]) => Number(number) <= last)?.[1];
}
