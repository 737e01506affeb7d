/** Drawn spaces with drawn constraints of every form, against plain code. `feasibleSet.nightly.test.ts` draws more. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFeasibleSets } from "../../../testing/feasibleSetLaws.ts";
import { constrainedSpaces } from "../../testing/where/constrainedSpaces.ts";
import { type Param, plainOf } from "../param.ts";
import { feasibleSetOf } from "./sets.ts";

test("a feasible set judges, draws, moves and repairs as the constraints say, also after a journey on the wire", () => {
  expect(checkFeasibleSets({ seed: 1, numRuns: 40 })).toBeLessThanOrEqual(1);
});

test("the drawn spaces hold every kind of parameter, and the drawn constraints every form", () => {
  const runs = 300;
  const reached = new Map<string, number>();
  for (const { space, witness } of fc.sample(constrainedSpaces({ conditional: true }), { numRuns: runs, seed: 1 })) {
    const found = new Set(space.params.flatMap(([, param]) => featuresOf(param)));
    for (const constraint of space.where)
      for (const key of typeof constraint === "string" ? ["expression"] : Object.keys(constraint)) found.add(key);
    if (space.where.some((constraint) => typeof constraint === "string" && / == [^'tf]/.test(constraint)))
      found.add("an equality of terms");
    if (Object.keys(witness).length < space.dims) found.add("an inactive parameter in the witness");
    if ((feasibleSetOf(space)?.determined.length ?? 0) > 0) found.add("a determined parameter");
    for (const feature of found) reached.set(feature, (reached.get(feature) ?? 0) + 1);
  }
  const features = [
    ...formKeys,
    "expression",
    "equals",
    "an equality of terms",
    "an inactive parameter in the witness",
    "a determined parameter",
    ...kinds,
  ];
  expect(features.filter((feature) => (reached.get(feature) ?? 0) < runs / 20)).toEqual([]);
});

const formKeys = ["sum", "linear", "product", "less", "forbid", "of"];
const kinds = ["real linear", "real log", "real mirroredLog", "real oneMinusLog", "stepped real", "int", "int log", "stepped int"].concat([
  "ordered choice",
  "choice of numbers",
  "boolean",
  "conditional",
]);

function featuresOf(param: Param): readonly string[] {
  const plain = plainOf(param);
  const conditional = param.kind === "given" ? ["conditional"] : [];
  if (plain.kind !== "choice") {
    const { kind, scale, step } = plain;
    return [...conditional, step !== undefined ? `stepped ${kind}` : kind === "int" && scale === "linear" ? "int" : `${kind} ${scale}`];
  }
  const { options, ordered } = plain;
  return [
    ...conditional,
    ...(ordered ? ["ordered choice"] : []),
    ...(options.every((option) => typeof option === "number") ? ["choice of numbers"] : []),
    ...(options.includes(true) && options.includes(false) ? ["boolean"] : []),
  ];
}
