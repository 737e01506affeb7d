/**
 * A problem from outside: of a module or of a program. Values are shown so that less is better and the least possible one is known: the
 * value itself if it is minimised, and otherwise how far it is below the optimum or the bound. Without an optimum they are counted from the
 * bound, and the pages show this distance instead of a regret.
 */
import { type Config, ConfigError, derive } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { noisyMixed } from "@caviar-hpo/objectives/points";
import { type OwnProblem, ownProblem } from "../parts/ownProblem.ts";
import { notAllowed, type PartsAtHand } from "../parts/partsAtHand.ts";
import { type OwnFacts, problemOf, type SavedProblem } from "../parts/savedParts.ts";
import type { Arena, ArenaRun } from "./arena.ts";
import { arenaKey, initialDesign, type OwnArenaSpec } from "./arenaSpec.ts";
import { pointOf } from "./point.ts";

/** @throws ConfigError for a module or settings that are wrong. */
export function ownArena(spec: OwnArenaSpec, parts: PartsAtHand): Arena {
  const title = `problem ${show(spec.problem)}`;
  const { part } = spec;
  if (part.kind === "closed") return closedArena(title, parts.saved?.problems[spec.problem] ?? notAllowed(title));
  const own = ownProblem(part, title, parts);
  const { space } = own;
  let current: RunValues | null = null;
  const begun = (): RunValues => {
    current = beginValues(own, title);
    return current;
  };
  return {
    facts: factsOf(own, spec.problem),
    problem: { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false },
    initial: initialDesign(spec, space),
    seconds: () => 1,
    noisy: own.noise !== undefined,
    begin: () => beginRun(own, begun(), observerOf(own, spec)),
    score: (config) => (current ?? begun()).value(config),
    population: null,
  };
}

/** An arena of which only is known what the folder of the campaign says. */
function closedArena(title: string, saved: SavedProblem): Arena {
  return {
    facts: saved.facts,
    problem: problemOf(saved),
    initial: [],
    seconds: () => 1,
    noisy: false,
    begin: () => notAllowed(title),
    score: () => notAllowed(title),
    population: null,
  };
}

function factsOf(own: OwnProblem, label: string): OwnFacts {
  const { title = label, space, optimum, tolerance = 0, source } = own;
  return {
    title,
    dimensions: space.params.length,
    optimum: optimum !== undefined && own.goal === "minimize" ? optimum : 0,
    tolerance,
    ...(optimum === undefined && { measure: own.goal === "minimize" && (own.bound ?? 0) === 0 ? "value" : "distance to the bound" }),
    tags: [],
    source,
  };
}

/** The value that is shown for a value of the problem. */
function shown({ goal, optimum, bound = 0 }: OwnProblem, value: number): number {
  if (goal === "maximize") return (optimum ?? bound) - value;
  return optimum === undefined ? value - bound : value;
}

/** What the strategy is told of a value at a configuration; `replicate` counts the earlier evaluations of the configuration. */
type Observer = (config: Config, value: number, replicate: number) => number;

function observerOf(own: OwnProblem, spec: OwnArenaSpec): Observer {
  if (own.noise === undefined) return (_config, value) => value;
  let current = NaN;
  const { space, optimum, source } = own;
  const best = { value: optimum === undefined ? 0 : shown(own, optimum), tolerance: 0 };
  const fn = { id: spec.problem, title: spec.problem, space, evaluate: () => current, optimum: best, source };
  const observe = noisyMixed({ ...fn, minimisers: [], minimisersComplete: false }, own.noise, derive(arenaKey(spec), "noise"));
  return (config, value, replicate) => {
    // The noise is added to a value that is known already: an evaluation may be expensive.
    current = value;
    return observe(config, replicate);
  };
}

/** The evaluations of one run. A configuration is evaluated once, because its value has no noise yet. */
type RunValues = { value(config: Config): number; close(): void };

function beginValues(own: OwnProblem, title: string): RunValues {
  const evaluator = own.open();
  const values = new Map<string, number>();
  return {
    value: (config) => {
      const name = nameOf(own, config);
      const value = values.get(name) ?? shown(own, evaluator.evaluate(config));
      checkValue(own, value, title);
      values.set(name, value);
      return value;
    },
    close: evaluator.close,
  };
}

/** Counts the evaluations of each configuration, so that each replicate has a noise of its own. */
function beginRun(own: OwnProblem, { value: valueAt, close }: RunValues, observe: Observer): ArenaRun {
  const evaluations = new Map<string, number>();
  return {
    request: ({ config }) => {
      const name = nameOf(own, config);
      evaluations.set(name, (evaluations.get(name) ?? 0) + 1);
      return { x: pointOf(own.space, config) };
    },
    answer: ({ config }) => {
      const value = valueAt(config);
      const told = Number.isFinite(value) ? observe(config, value, evaluations.get(nameOf(own, config))! - 1) : value;
      return { value, ...(Object.is(told, value) ? {} : { told }) };
    },
    close,
  };
}

function nameOf({ space }: OwnProblem, config: Config): string {
  return JSON.stringify(pointOf(space, config));
}

function checkValue({ goal, optimum, bound = 0 }: OwnProblem, value: number, title: string): void {
  if (optimum !== undefined || !(value < 0)) return;
  const isLeast = goal === "minimize";
  throw new ConfigError({
    code: "beyondBound",
    what: title,
    expected: `no value ${isLeast ? "below" : "above"} the bound ${bound}`,
    got: `${isLeast ? value + bound : bound - value}`,
    remedy: "Give the problem another bound, or its optimum.",
  });
}
