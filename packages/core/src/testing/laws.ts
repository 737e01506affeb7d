/**
 * The laws of the contract, as one suite for every strategy. docs/laws.md says what each law means and why. The suite works with every test
 * runner: `for (const law of strategyLaws("mine", create)) test(law.name, law.run)`.
 */
import type { Strategy } from "../contract/strategy.ts";
import { leavesInputs } from "./laws/aliasing.ts";
import { doneForGood, givesWhatIsWanted, resumesPaused } from "./laws/asking.ts";
import { spreadsBatches } from "./laws/batches.ts";
import { blindToGoals, blindToNames } from "./laws/blindness.ts";
import { keepsConstraints } from "./laws/constraints.ts";
import { staysInside } from "./laws/containment.ts";
import { dependsOnNoMore } from "./laws/dependence.ts";
import { keepsToModel, unmovedByNoise } from "./laws/eventSoup.ts";
import { survivesFailures } from "./laws/failures.ts";
import { reproducedByLog, resumesFromState } from "./laws/resumption.ts";
import { otherPoints, sameBits } from "./laws/seeds.ts";
import { type LawMaker, type LawOptions, readLawOptions, subjectOf } from "./laws/subject.ts";
import { trainsTheBest } from "./laws/theEnd.ts";
import { takesEveryValue } from "./laws/values.ts";
import type { Law } from "./property.ts";

export { type LawName, lawNames } from "./laws/names.ts";
export type { LawOptions } from "./laws/subject.ts";

/** All laws that apply to the strategy, in the order of `lawNames`. With `reproduce`, only the law that it names. */
export function strategyLaws(name: string, create: () => Strategy, given: LawOptions = {}): readonly Law[] {
  const options = readLawOptions(given);
  const { dependsOn = "order", random = false, stopsShort = false, reproduce } = options;
  const subject = subjectOf(name, create, options);
  const makers: readonly LawMaker[] = [
    resumesFromState,
    leavesInputs,
    staysInside,
    keepsConstraints,
    givesWhatIsWanted,
    doneForGood,
    resumesPaused,
    survivesFailures,
    ...(stopsShort || subject.can.resumes !== true ? [] : [trainsTheBest]),
    takesEveryValue,
    sameBits,
    reproducedByLog,
    ...(dependsOn === "order" ? [] : [dependsOnNoMore(dependsOn)]),
    blindToNames,
    blindToGoals,
    unmovedByNoise,
    keepsToModel,
    spreadsBatches,
    ...(random ? [otherPoints] : []),
  ];
  const laws = makers.map((make) => make(subject));
  return reproduce === undefined ? laws : laws.filter((one) => one.name === reproduce.law);
}
