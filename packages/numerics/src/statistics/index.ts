/** Statistics of numbers of any size. */

export { type MeanAndDeviation, meanAndDeviation } from "./meanAndDeviation.ts";
export { powerOfTwoBelow } from "./powerOfTwoBelow.ts";
