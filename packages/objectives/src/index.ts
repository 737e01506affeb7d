/**
 * Synthetic problems whose minimum is certified: the classical suite, the 24 BBOB functions, mixed and conditional spaces, functions of
 * several fidelities, simulated learning curves, and instances and noise for all of these.
 */

export { testFunction, testFunctionIds } from "./catalogue.ts";
export { constrainedFunction, constrainedFunctionIds } from "./constrained/catalogue.ts";
export type { ConstrainedFunction } from "./constrained/constrainedFunction.ts";
export { instance } from "./instance.ts";
export { type CurveShape, type LearningCurveOptions, learningCurves } from "./learningCurves/learningCurves.ts";
export type { CurveBase } from "./learningCurves/shapes.ts";
export { mixedFunction, mixedFunctionIds } from "./mixed/catalogue.ts";
export type { MixedFunction } from "./mixed/mixedFunction.ts";
export { mixedInstance } from "./mixed/mixedInstance.ts";
export { multiFidelityFunction, multiFidelityFunctionIds } from "./multiFidelity/catalogue.ts";
export { jobSeconds, type MultiFidelityFunction } from "./multiFidelity/multiFidelityFunction.ts";
export { multiFidelityInstance } from "./multiFidelity/multiFidelityInstance.ts";
export { type ProblemCard, type ProblemCardOptions, problemCard, problemCardText, type RungFacts } from "./multiFidelity/problemCard.ts";
export { training } from "./multiFidelity/training.ts";
export { type Noise, type NoiseSize, type NoisyFunction, noisy, spread } from "./noise.ts";
export { placed } from "./placed.ts";
export { asProblem, toPoint } from "./problem.ts";
export type { Optimum, Tag, TestFunction } from "./testFunction.ts";
