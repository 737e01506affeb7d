/** All test functions by id, so that a plan can name its problems in plain data. */
import { bbob } from "./bbob/bbob.ts";
import { ackley } from "./classical/ackley.ts";
import { alpine2 } from "./classical/alpine2.ts";
import { beale } from "./classical/beale.ts";
import { bohachevsky } from "./classical/bohachevsky.ts";
import { booth } from "./classical/booth.ts";
import { branin } from "./classical/branin.ts";
import { bukin6 } from "./classical/bukin6.ts";
import { cosineMixture } from "./classical/cosineMixture.ts";
import { crossInTray } from "./classical/crossInTray.ts";
import { dixonPrice } from "./classical/dixonPrice.ts";
import { dropWave } from "./classical/dropWave.ts";
import { eggholder } from "./classical/eggholder.ts";
import { embeddedBranin, embeddedHartmann6 } from "./classical/embedded.ts";
import { forrester } from "./classical/forrester.ts";
import { goldsteinPrice, goldsteinPriceLog } from "./classical/goldsteinPrice.ts";
import { griewank } from "./classical/griewank.ts";
import { hartmann3, hartmann3Alternative, hartmann4, hartmann6 } from "./classical/hartmann.ts";
import { holderTable } from "./classical/holderTable.ts";
import { levy } from "./classical/levy.ts";
import { matyas } from "./classical/matyas.ts";
import { mcCormick } from "./classical/mcCormick.ts";
import { michalewicz } from "./classical/michalewicz.ts";
import { powell } from "./classical/powell.ts";
import { rastrigin } from "./classical/rastrigin.ts";
import { rosenbrock, rosenbrockNarrow } from "./classical/rosenbrock.ts";
import { schafferN4 } from "./classical/schafferN4.ts";
import { schwefel } from "./classical/schwefel.ts";
import { shekel, shekelSfu } from "./classical/shekel.ts";
import { sixHumpCamel } from "./classical/sixHumpCamel.ts";
import { sphere } from "./classical/sphere.ts";
import { styblinskiTang } from "./classical/styblinskiTang.ts";
import { threeHumpCamel } from "./classical/threeHumpCamel.ts";
import { trid } from "./classical/trid.ts";
import { zakharov } from "./classical/zakharov.ts";
import { type Family, fromFamilies } from "./families.ts";
import type { TestFunction } from "./testFunction.ts";

/**
 * The function with this id, such as `branin`, `ackley-d5` or `bbob-f15-d5-i3`.
 *
 * @throws ConfigError for an unknown id, with the nearest known ones, and for a number out of range.
 */
export function testFunction(id: string): TestFunction {
  return fromFamilies(testFunctionFamilies, id, "testFunctionIds");
}

/**
 * The ids of all functions. `{D}` stands for a dimension, `{m}` for 5, 7 or 10, and `{f}` and `{i}` for the function number and the
 * instance of BBOB.
 */
export function testFunctionIds(): readonly string[] {
  return testFunctionFamilies.map(([pattern]) => pattern);
}

/** All families of functions on boxes. */
export const testFunctionFamilies: readonly Family<TestFunction>[] = [
  ["branin", branin],
  ["hartmann3", hartmann3],
  ["hartmann3-alt", hartmann3Alternative],
  ["hartmann4", hartmann4],
  ["hartmann6", hartmann6],
  ["ackley-d{D}", ackley],
  ["rosenbrock-d{D}", rosenbrock],
  ["rosenbrock-narrow-d{D}", rosenbrockNarrow],
  ["levy-d{D}", levy],
  ["rastrigin-d{D}", rastrigin],
  ["griewank-d{D}", griewank],
  ["schwefel-d{D}", schwefel],
  ["styblinski-tang-d{D}", styblinskiTang],
  ["michalewicz-d{D}", michalewicz],
  ["shekel{m}", shekel],
  ["shekel{m}-sfu", shekelSfu],
  ["goldstein-price", goldsteinPrice],
  ["goldstein-price-log", goldsteinPriceLog],
  ["six-hump-camel", sixHumpCamel],
  ["three-hump-camel", threeHumpCamel],
  ["booth", booth],
  ["matyas", matyas],
  ["bohachevsky", bohachevsky],
  ["beale", beale],
  ["bukin6", bukin6],
  ["cosine-mixture-d{D}", cosineMixture],
  ["drop-wave", dropWave],
  ["eggholder", eggholder],
  ["powell-d{D}", powell],
  ["sphere-d{D}", sphere],
  ["zakharov-d{D}", zakharov],
  ["dixon-price-d{D}", dixonPrice],
  ["trid-d{D}", trid],
  ["mccormick", mcCormick],
  ["holder-table", holderTable],
  ["cross-in-tray", crossInTray],
  ["schaffer-n4", schafferN4],
  ["alpine2-d{D}", alpine2],
  ["forrester", forrester],
  ["branin-in-d{D}", embeddedBranin],
  ["hartmann6-in-d{D}", embeddedHartmann6],
  ["bbob-f{f}-d{D}-i{i}", bbob],
];
