/** Data sets to train on, generated and loaded, and how they are split and normalised. */

export type { Examples } from "../training/examples.ts";
export type { CurvesOptions } from "./curves.ts";
export { type ClassificationData, type Dataset, type RegressionData, rowsOf } from "./dataset.ts";
export { type DigitsOptions, loadDigits } from "./digits.ts";
export { type FriedmanOptions, friedman1 } from "./friedman.ts";
export { type GaussianMixtureOptions, gaussianMixture } from "./gaussianMixture.ts";
export { loadIris } from "./iris.ts";
export { moons } from "./moons.ts";
export { type NoisyXorOptions, noisyXor } from "./noisyXor.ts";
export { fitNormalisation, type Normalisation, type NormalisationKind, normalise, normaliseSplit } from "./normalise.ts";
export { penguinsFrom } from "./penguins.ts";
export { type SpiralsOptions, spirals } from "./spirals.ts";
export { type Split, type SplitOptions, type SplitRows, type SplitSizes, split, splitRows } from "./split.ts";
export { type TeacherClassesOptions, type TeacherTargetsOptions, teacherClasses, teacherTargets } from "./teacher.ts";
