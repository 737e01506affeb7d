/**
 * Plays a study as three workers would: jobs end out of order, are measured on their way, fail in every way there is, and are reported when
 * it is too late. One configuration is enqueued and one result from elsewhere is observed, at the start and later. Everything follows from
 * the seed.
 */
import { decode, derive, encode, root, stream } from "@caviar-hpo/core";

/** @typedef {import("@caviar-hpo/core").Problem} Problem */
/** @typedef {import("@caviar-hpo/core").Job} Job */
/** @typedef {import("@caviar-hpo/core").Config} Config */
/** @typedef {import("@caviar-hpo/core").JobId} JobId */
/** @typedef {import("@caviar-hpo/core/contract").Directive} Directive */
/** @typedef {import("@caviar-hpo/core").Told} Told */
/** @typedef {import("@caviar-hpo/core").FailureReason} FailureReason */
/** @typedef {{ readonly want: number, readonly starts?: number, readonly finish?: true }} Bounds */

/**
 * A study from outside, values in the user's orientation. `late` reports a job that has ended; null where the study refuses that.
 *
 * @typedef {{
 *   ask(bounds: Bounds, atMs: number): { readonly jobs: readonly Job[], readonly directives: readonly Directive[], readonly then: string },
 *   tell(job: JobId, told: Told, atMs: number): readonly Directive[],
 *   fail(job: JobId, reason: FailureReason, details: { readonly fidelity: number, readonly costSeconds: number }, atMs: number): readonly
 * Directive[],
 *   enqueue(config: Config, atMs: number): void,
 *   observe(config: Config, told: Told, atMs: number): void,
 *   late: ((job: JobId, told: Told, atMs: number) => void) | null,
 * }} Player
 */

/** Jobs that are asked for after a fixture's end. */
export const nextJobs = 5;

/**
 * `step` fills the free workers and lets one of them report; `trials` have begun so far; `done` when the strategy has nothing left and all
 * jobs have ended.
 *
 * @typedef {{ step(): void, readonly trials: number, readonly done: boolean }} Play
 */

const workers = 3;
const reasons = /** @type {readonly FailureReason[]} */ (["threw", "timeout", "lost", "infeasible"]);

/**
 * @param {Player} player
 * @param {Problem} problem
 * @param {string | number} seed
 * @returns {Play}
 */
export function openPlay(player, problem, seed) {
  const key = derive(root(seed), "play");
  /** @type {{ readonly job: Job, reached: number }[]} */
  let running = [];
  /** @type {{ readonly job: JobId, readonly told: Told } | null} */
  let lost = null;
  let turn = 0;
  let failures = 0;
  let trials = 0;
  let done = false;
  let atMs = 0;

  /** @param {readonly Directive[]} directives */
  const heed = (directives) => {
    for (const directive of directives) if (directive.kind !== "discard") running = running.filter(({ job }) => job.id !== directive.job);
  };

  const prepare = () => {
    if (turn === 0) {
      player.enqueue(pointAt(problem, 0.3), atMs);
      player.observe(
        pointAt(problem, 0.6),
        toldAt(problem, pointAt(problem, 0.6), problem.fidelity?.max ?? 1, derive(key, "observed")),
        atMs,
      );
    }
    if (turn === 9) player.enqueue(pointAt(problem, 0.45), atMs);
    if (turn === 12) player.observe(pointAt(problem, 0.2), toldAt(problem, pointAt(problem, 0.2), problem.fidelity?.min ?? 1, key), atMs);
  };

  const fill = () => {
    const free = workers - running.length;
    if (free === 0 || done) return;
    const bounds = turn % 7 === 5 && running.length > 0 ? { want: free, starts: 0 } : { want: free };
    const { jobs, directives, then } = player.ask(
      turn === 17 && running.length > 0 ? { want: free, starts: 0, finish: true } : bounds,
      atMs,
    );
    heed(directives);
    for (const job of jobs) {
      running.push({ job, reached: job.from?.fidelity ?? 0 });
      trials = Math.max(trials, job.trial + 1);
    }
    done = then === "done";
  };

  const report = () => {
    if (running.length === 0) return;
    const draws = stream(derive(key, "turn", turn));
    const at = Math.min(running.length - 1, Math.floor(draws.uniform() * running.length));
    const one = running[at];
    if (one === undefined) return;
    const { job } = one;
    const milestone = job.milestones.find((fidelity) => fidelity > one.reached) ?? job.until;
    const told = toldAt(problem, job.config, milestone, derive(key, "measurement", job.id, milestone));
    const leave = () => {
      running = running.filter((other) => other !== one);
    };
    // The third job fails in every study.
    if (draws.uniform() < 0.2 || job.id === 2) {
      leave();
      failures++;
      const reason = reasons[failures % (reasons.length + 1)];
      if (reason === undefined) {
        heed(player.tell(job.id, { ...told, values: told.values.map(() => NaN) }, atMs));
        return;
      }
      heed(player.fail(job.id, reason, { fidelity: one.reached, costSeconds: 1.5 }, atMs));
      if (reason === "lost") lost = { job: job.id, told };
      return;
    }
    one.reached = milestone;
    if (milestone === job.until) leave();
    heed(player.tell(job.id, told, atMs));
  };

  return {
    get trials() {
      return trials;
    },
    get done() {
      return done && running.length === 0;
    },
    step: () => {
      prepare();
      fill();
      report();
      if (lost !== null && turn % 4 === 3) {
        player.late?.(lost.job, lost.told, atMs);
        lost = null;
      }
      turn++;
      atMs += 250 * (1 + (turn % 3)) + 0.5;
    },
  };
}

/** @param {Play} play */
export function stepOf(play) {
  if (play.done) throw new Error("the strategy was done before the study was long enough");
  play.step();
}

/**
 * Plays on to where the strategy has `nextJobs` jobs to give at once, or as many as it ever has: at a barrier it has none.
 *
 * @template {{ readonly jobs: readonly unknown[] }} End
 * @param {Play} play
 * @param {() => End} look what a fixture that ended here would hold
 * @returns {End}
 */
export function endOf(play, look) {
  let best = look();
  for (let steps = 0; steps < 30 && best.jobs.length < nextJobs && !play.done; steps++) {
    play.step();
    const end = look();
    if (end.jobs.length > best.jobs.length) best = end;
  }
  if (best.jobs.length === 0) throw new Error("the strategy never had a job to give");
  return best;
}

/**
 * The configuration with every coordinate at one height.
 *
 * @param {Problem} problem
 * @param {number} height in [0, 1]
 */
function pointAt({ space }, height) {
  return decode(
    space,
    Float64Array.from({ length: space.dims }, () => height),
  );
}

/**
 * What training a configuration up to a fidelity measures, in the user's orientation: a bowl with noise, that gets deeper with training.
 *
 * @param {Problem} problem
 * @param {Config} config
 * @param {number} fidelity
 * @param {import("@caviar-hpo/core").Key} key
 * @returns {Told}
 */
function toldAt(problem, config, fidelity, key) {
  const { space, objectives, constraints } = problem;
  const unit = encode(space, config);
  const draws = stream(key);
  const values = objectives.map(({ goal }, index) => {
    const centre = 0.3 + 0.4 * index;
    const bowl = unit.reduce((sum, coordinate) => sum + (coordinate - centre) * (coordinate - centre), 0);
    const loss = bowl + 0.5 / (1 + fidelity) + 0.05 * (draws.uniform() - 0.5);
    return goal === "maximize" ? 100 - loss : loss;
  });
  const first = unit[0] ?? 0;
  return {
    fidelity,
    values,
    ...(constraints.length > 0 && { constraints: constraints.map((_, index) => first - 0.6 + 0.2 * index) }),
    ...(draws.uniform() < 0.25 && { variance: values.map(() => 0.0025) }),
    costSeconds: fidelity * 0.75,
  };
}
