/** The snapshot that `caviar serve` gives of a study, the jobs that run then, and those that it hands out next, as they are on the wire. */
import { encodeProblem, parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import { createSession } from "@caviar-hpo/runtime";
import { findStrategy, strategies } from "@caviar-hpo/tune";
import { endOf, nextJobs, openPlay, stepOf } from "./play.mjs";
import { optionsOf, problemOf, trialsOf } from "./studies.mjs";

/** @typedef {import("@caviar-hpo/core").Json} Json */

/**
 * @param {string} name the strategy's
 * @returns {{ readonly [name: string]: Json }}
 */
export function snapshotOf(name) {
  // In a problem to maximise, values on the wire and values in the snapshot differ.
  const problem = problemOf("maximize", findStrategy(name).needs.includes("fidelity"));
  const call = connect();
  call("open", { protocol: 1, problem: encodeProblem(problem), strategy: { name, options: optionsOf(name) }, seed: name });
  const play = openPlay(playerOf(call), problem, name);
  while (play.trials < trialsOf(name, "maximize")) stepOf(play);
  const { snapshot, running, jobs } = endOf(play, () => {
    const { snapshot } = call("snapshot", {});
    const restored = connect();
    const { running } = restored("restore", { snapshot });
    return { snapshot, running, jobs: restored("ask", { want: nextJobs }).jobs };
  });
  return { snapshot, running, next: { want: nextJobs, jobs } };
}

/**
 * A session of its own.
 *
 * @returns {(method: string, params: Json) => any} gives the result of a request, and throws where the answer is an error.
 */
function connect() {
  const session = createSession(strategies);
  return (method, params) => {
    const answer = /** @type {any} */ (parseWire(session.answer(stringifyWire({ jsonrpc: "2.0", id: 1, method, params })) ?? "null"));
    if ("result" in answer) return answer.result;
    throw new Error(`${method}: ${stringifyWire(answer)}`);
  };
}

/**
 * @param {ReturnType<typeof connect>} call
 * @returns {import("./play.mjs").Player}
 */
function playerOf(call) {
  return {
    ask: (bounds) => call("ask", bounds),
    tell: (job, told) => call("tell", /** @type {Json} */ ({ job, ...told })).directives,
    fail: (job, reason, details) => call("fail", { job, reason, ...details }).directives,
    enqueue: (config) => call("enqueue", { config }),
    observe: (config, told) => call("observe", /** @type {Json} */ ({ config, ...told })),
    late: null,
  };
}
