/** All functions of several fidelities by id. */
import { testFunction } from "../catalogue.ts";
import { type Family, fromFamilies } from "../families.ts";
import { curvePresetNames, presetCurves } from "../learningCurves/presets.ts";
import { boreholeMf } from "./boreholeMf.ts";
import { augmentedBranin, braninMf } from "./braninMf.ts";
import { countingOnes } from "./countingOnes.ts";
import { currinMf } from "./currinMf.ts";
import { forresterMf } from "./forresterMf.ts";
import { augmentedHartmann6, hartmannGrades, mfHartmann3, mfHartmann6 } from "./hartmannMf.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { park1Mf, park2Mf } from "./parkMf.ts";

/**
 * The function with this id, such as `currin-mf`, `counting-ones-c8-r8` or `curves-crossing-hartmann6`. The id of simulated learning curves
 * ends with the id of any test function.
 *
 * @throws ConfigError for an unknown id, with the nearest known ones, and for a number out of range.
 */
export function multiFidelityFunction(id: string): MultiFidelityFunction {
  for (const preset of curvePresetNames) {
    const prefix = `curves-${preset}-`;
    if (id.startsWith(prefix)) return presetCurves(preset, testFunction(id.slice(prefix.length)));
  }
  return fromFamilies(families, id, "multiFidelityFunctionIds");
}

/** The ids of all functions. `{c}` and `{r}` stand for the numbers of switches and reals, `{function}` for an id of `testFunctionIds()`. */
export function multiFidelityFunctionIds(): readonly string[] {
  return [...families.map(([pattern]) => pattern), ...curvePresetNames.map((preset) => `curves-${preset}-{function}`)];
}

const families: readonly Family<MultiFidelityFunction>[] = [
  ["forrester-mf", forresterMf],
  ["branin-mf", braninMf],
  ["branin-augmented", augmentedBranin],
  ["hartmann6-augmented", augmentedHartmann6],
  ...hartmannGrades.map((grade): Family<MultiFidelityFunction> => [`mf-hartmann3-${grade}`, () => mfHartmann3(grade)]),
  ...hartmannGrades.map((grade): Family<MultiFidelityFunction> => [`mf-hartmann6-${grade}`, () => mfHartmann6(grade)]),
  ["currin-mf", currinMf],
  ["park1-mf", park1Mf],
  ["park2-mf", park2Mf],
  ["borehole-mf", boreholeMf],
  ["counting-ones-c{c}-r{r}", countingOnes],
];
