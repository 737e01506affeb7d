/** `advice`: what the rules that look ahead say of an open study. */
import type { Json, Study } from "@caviar-hpo/core";
import { below, reject } from "@caviar-hpo/core/read";
import { adviceOn, outlookRule } from "@caviar-hpo/tune/stored";
import { decodeAdvice } from "./params.ts";

export function adviceFor(study: Study, params: Json): Json {
  const limits = decodeAdvice(params, "params");
  for (const name of ["noGain", "minGainPerSecond"] as const)
    if (limits[name] !== undefined && study.outlooks === null)
      reject(below("params", name), "a strategy that foresees gains", study.strategy.name, "Use bayesopt, or patience instead.");
  return { rule: outlookRule(study, limits), advice: adviceOn(study, limits) ?? [] };
}
