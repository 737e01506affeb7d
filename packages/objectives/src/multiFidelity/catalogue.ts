/** Every function of several fidelities by its id. */
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
 * The function with this id: `currin-mf`, `counting-ones-c8-r8`, `curves-crossing-hartmann6`, … Behind the name of learning curves stands
 * the id of any test function.
 *
 * @throws ConfigError for an unknown id, naming the nearest ones, and for a number outside its range.
 */
export function multiFidelityFunction(id: string): MultiFidelityFunction {
  for (const preset of curvePresetNames) {
    const prefix = `curves-${preset}-`;
    if (id.startsWith(prefix)) return presetCurves(preset, testFunction(id.slice(prefix.length)));
  }
  return fromFamilies(families, id, "multiFidelityFunctionIds");
}

/** The ids of all families; `{c}` and `{r}` stand for counts of switches and reals, `{function}` for an id of `testFunctionIds()`. */
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
