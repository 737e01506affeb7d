/** The logs of a strategy: what `onEvent` gave to users who stored it, and the jobs that the study hands out next. */
import { replay, startStudy } from "@caviar-hpo/core";
import { encodeProblem } from "@caviar-hpo/core/wire";
import { createStrategy, findStrategy } from "@caviar-hpo/tune";
import { endOf, nextJobs, openPlay, stepOf } from "./play.mjs";
import { optionsOf, problemOf, trialsOf } from "./studies.mjs";

/** @typedef {import("@caviar-hpo/core").Json} Json */
/** @typedef {import("./studies.mjs").Kind} Kind */

const kinds = /** @type {readonly Kind[]} */ (["plain", "maximize", "constraints", "twoObjectives"]);

/**
 * @param {string} name the strategy's
 * @returns {{ readonly [name: string]: Json }}
 */
export function logOf(name) {
  const served = kinds.filter((kind) => problemOf(kind, true).objectives.length <= findStrategy(name).create().can.objectives);
  return { strategy: name, studies: served.map((kind) => studyOf(name, kind)) };
}

/**
 * @param {string} name
 * @param {Kind} kind
 * @returns {Json}
 */
function studyOf(name, kind) {
  const problem = problemOf(kind, findStrategy(name).needs.includes("fidelity"));
  const options = optionsOf(name);
  const definition = { problem, strategy: createStrategy(name, options, problem), seed: kind === "constraints" ? 7 : `${name}, ${kind}` };
  /** @type {import("@caviar-hpo/core").Event[]} */
  const events = [];
  const study = startStudy(definition, (event) => {
    events.push(event);
  });
  const play = openPlay(playerOf(study), problem, definition.seed);
  while (play.trials < trialsOf(name, kind)) stepOf(play);
  const end = endOf(play, () => ({ events: [...events], jobs: replay(definition, events).ask({ want: nextJobs }).jobs }));
  return /** @type {Json} */ ({
    name: kind,
    problem: encodeProblem(problem),
    seed: definition.seed,
    options,
    version: definition.strategy.version,
    events: end.events,
    next: { want: nextJobs, jobs: end.jobs },
  });
}

/**
 * @param {import("@caviar-hpo/core").Study} study
 * @returns {import("./play.mjs").Player}
 */
function playerOf(study) {
  return {
    ask: (options, atMs) => study.ask({ ...options, atMs }),
    tell: (job, told, atMs) => study.tell(job, told, atMs).directives,
    fail: (job, reason, details, atMs) => study.fail(job, reason, details, atMs).directives,
    enqueue: study.enqueue,
    observe: (config, told, atMs) => study.observe(config, told, atMs),
    late: (job, told, atMs) => {
      study.tell(job, told, atMs);
    },
  };
}
