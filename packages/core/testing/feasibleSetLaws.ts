/** What the feasible set of a drawn space has to fulfil, checked against plain code. */
import {
  type Config,
  ConfigError,
  checkConfig,
  decode,
  derive,
  type FeasibleSet,
  feasibleSetOf,
  type Problem,
  root,
  type Space,
  SpaceError,
  stream,
} from "@caviar-hpo/core";
import { decodeProblem, encodeProblem } from "@caviar-hpo/core/wire";
import fc from "fast-check";
import { expect } from "vitest";
import { type ConstrainedSpace, constrainedSpaces, verdictOn } from "../src/testing/where/constrainedSpaces.ts";

/** @returns on how many of the drawn spaces the search for feasible points failed. */
export function checkFeasibleSets(settings: { readonly seed: number; readonly numRuns: number }): number {
  let lost = 0;
  const check = (one: ConstrainedSpace, seed: number): void => {
    if (!checkFeasibleSet(one, seed, 12)) lost++;
  };
  fc.assert(fc.property(constrainedSpaces({ conditional: true }), fc.nat(), check), settings);
  return lost;
}

/** @returns false where the search for feasible points failed. */
function checkFeasibleSet(one: ConstrainedSpace, seed: number, points: number): boolean {
  const { space, witness, drawn } = one;
  const set = feasibleSetOf(space);
  if (set === null) {
    expect(drawn).toEqual([]);
    return true;
  }
  const source = stream(derive(root(seed), "points"));
  const units = Array.from({ length: points }, () => Float64Array.from({ length: space.dims }, source.uniform));
  for (const config of [witness, ...units.map((unit) => decode(space, unit))]) judgesAsPlainCode(one, set, config);
  expect(set.broken(witness)).toBe(null);
  expect(set.repair(witness)).toBe(witness);
  if (!isFound(set)) return false;
  const drawnAt = (at: number): Config => set.draw(stream(derive(root(seed), "draw", at)));
  for (const [at, unit] of units.entries()) {
    const there = set.at(unit);
    const { config, violations } = set.measure(unit);
    expect(violations.every((violation) => violation === 0)).toBe(there !== null);
    if (there !== null) expect(config).toEqual(there);
    expect(drawnAt(at)).toEqual(drawnAt(at));
    const near = set.near(unit);
    if (there !== null) expect(near).toEqual(there);
    for (const feasible of [...(there === null ? [] : [there]), near, drawnAt(at), set.repair(decode(space, unit))])
      isFeasible(one, set, feasible);
  }
  travels(space, set, units);
  return true;
}

function judgesAsPlainCode(one: ConstrainedSpace, set: FeasibleSet, config: Config): void {
  const verdict = verdictOn(one, config);
  const broken = set.broken(config);
  if (verdict !== "close") expect({ config, holds: broken === null }).toEqual({ config, holds: verdict });
  if (broken === null) set.check(config);
  else expect(() => set.check(config)).toThrow(ConfigError);
}

function isFeasible(one: ConstrainedSpace, set: FeasibleSet, config: Config): void {
  expect(checkConfig(one.space, config)).toEqual(config);
  expect({ config, verdict: verdictOn(one, config) === false }).toEqual({ config, verdict: false });
  const names = Object.keys(config);
  for (let length = 0; length <= names.length; length++)
    expect(set.mayHold(Object.fromEntries(names.slice(0, length).map((name) => [name, config[name]!])))).toBe(true);
}

/** On the wire, where the constraints are read again. */
function travels(space: Space, set: FeasibleSet, units: readonly Float64Array[]): void {
  const problem: Problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
  const again = decodeProblem(JSON.parse(JSON.stringify(encodeProblem(problem)))).space;
  expect(again).toEqual(space);
  for (const unit of units.slice(0, 3)) expect(feasibleSetOf(again)!.near(unit)).toEqual(set.near(unit));
}

function isFound(set: FeasibleSet): boolean {
  try {
    set.prepare();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SpaceError);
    expect(error).toMatchObject({ code: "noFeasiblePoint" });
    return false;
  }
}
