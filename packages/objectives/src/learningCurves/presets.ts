/** Named settings of the simulator, so that a plan can name its problems in plain data: each is one difficulty. */
import { derive } from "@caviar-hpo/core";
import type { MultiFidelityFunction } from "../multiFidelity/multiFidelityFunction.ts";
import type { TestFunction } from "../testFunction.ts";
import { type LearningCurveOptions, learningCurves } from "./learningCurves.ts";

/**
 * - `aligned`: the first epoch tells nearly everything, tau 0.8.
 * - `loose`: it tells something, tau 0.4; curves of four kinds.
 * - `crossing`: good configurations start slowly, tau -0.2; half-lives spread half as widely again.
 * - `noisy`: tau 0.6 without the noise, whose standard deviation is a fifth of the interquartile range of the errors in the end.
 * - `diverging`: tau 0.6; three runs in ten diverge, a tenth of the space is infeasible.
 */
export type CurvePreset = (typeof curvePresetNames)[number];

export const curvePresetNames = ["aligned", "loose", "crossing", "noisy", "diverging"] as const;

const presets: { readonly [name in CurvePreset]: LearningCurveOptions } = {
  aligned: { firstEpochTau: 0.8 },
  loose: { firstEpochTau: 0.4, shape: "mixture" },
  crossing: { firstEpochTau: -0.2, halfLifeSpread: 1.5 },
  noisy: { firstEpochTau: 0.6, noise: { spreads: 0.2, memory: 0.5 } },
  diverging: { firstEpochTau: 0.6, diverging: 0.3, infeasible: 0.1 },
};

/** `curves-{preset}-{id of base}`, 81 epochs. @throws ConfigError as `learningCurves`. */
export function presetCurves(preset: CurvePreset, base: TestFunction): MultiFidelityFunction {
  const id = `curves-${preset}-${base.id}`;
  return learningCurves(id, base, presets[preset], derive([0, 0, 0, 0], id));
}
