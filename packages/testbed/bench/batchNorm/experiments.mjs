/** The experiments of batchNorm.mjs: each is a list of jobs, plain data, and a function that runs one. */
import * as courseSpace from "./courseSpace.mjs";
import * as effectiveRate from "./effectiveRate.mjs";
import * as firstEpoch from "./firstEpoch.mjs";
import * as learningRates from "./learningRates.mjs";
import * as watch from "./watch.mjs";

export const experiments = { watch, learningRates, effectiveRate, firstEpoch, courseSpace };
