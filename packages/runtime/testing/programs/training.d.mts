import type { ObjectiveFunction } from "@caviar-hpo/tune";

declare const train: ObjectiveFunction<{ readonly learningRate: number }, Uint8Array>;
export default train;
