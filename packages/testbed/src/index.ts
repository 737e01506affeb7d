/** Real training as an objective: a multilayer perceptron with batch normalisation, the data to train it on, and tuning tasks made of both. */
export type { CurvesOptions } from "./data/curves.ts";
export { type Classification, type Dataset, type Regression, rowsOf } from "./data/dataset.ts";
export { type DigitsOptions, loadDigits } from "./data/digits.ts";
export { type FriedmanOptions, friedman1 } from "./data/friedman.ts";
export { type GaussianMixtureOptions, gaussianMixture } from "./data/gaussianMixture.ts";
export { loadIris } from "./data/iris.ts";
export { moons } from "./data/moons.ts";
export { type NoisyXorOptions, noisyXor } from "./data/noisyXor.ts";
export { fitNormalisation, type Normalisation, type NormalisationKind, normalise, normaliseSplit } from "./data/normalise.ts";
export { penguinsFrom } from "./data/penguins.ts";
export { type SpiralsOptions, spirals } from "./data/spirals.ts";
export { type Split, type SplitOptions, type SplitRows, type SplitSizes, split, splitRows } from "./data/split.ts";
export { type TeacherClassesOptions, type TeacherTargetsOptions, teacherClasses, teacherTargets } from "./data/teacher.ts";
