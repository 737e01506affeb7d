/** The multilayer perceptron: its architecture, its parameters, its loss and its gradient. */

export type { BatchNormLayer } from "../layers/batchNorm.ts";
export type { Dense } from "../layers/dense.ts";
export type { HiddenLayer } from "../layers/hidden.ts";
export type { Architecture, ArchitectureOptions, BatchNorm, BatchNormConvention, LossName, PopulationStatistics } from "./architecture.ts";
export type { Initialisation } from "./initialise.ts";
export type { Layout, ParameterKind, ParameterSlice } from "./layout.ts";
export { addL2, lossAndGradient, lossOf, type Network } from "./network.ts";
