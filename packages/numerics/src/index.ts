/**
 * Elementary functions and the normal quantile with the same bits on every JavaScript engine: the language leaves `Math.exp` and
 * its like to the implementation, these use only operations that IEEE 754 fixes.
 */

export { exp } from "./exp.ts";
export { expm1 } from "./expm1.ts";
export { log } from "./log.ts";
export { log1p } from "./log1p.ts";
export { normalQuantile } from "./normalQuantile.ts";
export { pow } from "./pow.ts";
export { cos, sin } from "./sinCos.ts";
export { digamma } from "./special/digamma.ts";
export { erf, erfc, erfcx } from "./special/erf.ts";
export { log1mexp } from "./special/log1mexp.ts";
export { logGamma } from "./special/logGamma.ts";
export { logNormalCdf, logNormalPdf, normalCdf, normalHazard, normalPdf } from "./special/normal.ts";
export { tanh } from "./tanh.ts";
