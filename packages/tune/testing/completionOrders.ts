/**
 * Row B3 of the fault matrix: jobs end in any order. Whatever the order was, the log of it is replayed to the same bits. A strategy whose
 * trials depend on no order has the same trials after each of them.
 */
import {
  type Card,
  createSpace,
  drive,
  type Evaluated,
  type Event,
  type Job,
  JournalError,
  type Problem,
  real,
  replay,
  type Study,
  type StudyDefinition,
  startStudy,
} from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { runCampaign, toyValue } from "@caviar-hpo/core/testing";
import type fc from "fast-check";

const trained: Problem = {
  space: createSpace({ x: real(0, 1), y: real(1e-3, 1, { scale: "log" }) }),
  objectives: [{ name: "value", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epoch", min: 1, max: 9, whole: true },
  resumable: true,
};

/** The even salt rounds values, so that there are ties. */
const salt = 2;
const [workers, trials] = [6, 9];

/** How many orders six jobs can end in. */
export const orders = 720;

/** Which of the jobs that are left ends next, for six jobs that end in the order with this number: its digits in the factorial system. */
export function digitsOf(order: number): readonly number[] {
  let rest = order;
  return Array.from({ length: workers }, (_, index) => {
    const left = workers - index;
    const digit = rest % left;
    rest = Math.floor(rest / left);
    return digit;
  });
}

export type Played = { readonly study: Study; readonly events: readonly Event[] };

/** The study after its first six jobs have ended in this order, and all others oldest first. */
export function playOrder(card: Card, order: number): Played {
  const digits = digitsOf(order);
  const events: Event[] = [];
  const study = startStudy(definitionOf(card), (event) => events.push(event));
  const judge = (job: { readonly config: Parameters<typeof toyValue>[1] }, fidelity: number): number =>
    toyValue(trained, job.config, fidelity, salt);
  runCampaign(study, { workers, trials, finish: true, pick: (turn) => digits[turn] ?? 0, judge });
  return { study, events };
}

function definitionOf(card: Card): StudyDefinition {
  return { problem: trained, strategy: card.create(card.cheap), seed: 1 };
}

/** The numbers of the orders after which the log is not replayed to the same bits, or the outcome is not that of order 0. */
export function brokenOrders(card: Card, numbers: readonly number[]): readonly number[] {
  const expected = outcomeOf(card, playOrder(card, 0).study);
  return numbers.filter((order) => {
    const played = playOrder(card, order);
    return !sameJson(outcomeOf(card, played.study), expected) || !isReplayed(card, played);
  });
}

/** Whether the log gives the same trials, the same state and the same next jobs again. */
export function isReplayed(card: Card, { study, events }: Played): boolean {
  try {
    const again = replay(definitionOf(card), events);
    const seen = ({ history, state }: Study): unknown => [history.trials, state];
    return sameJson(seen(again), seen(study)) && sameJson(again.ask({ want: 3 }), study.ask({ want: 3 }));
  } catch (error) {
    if (error instanceof JournalError) return false;
    throw error;
  }
}

/** What the card says does not depend on the order; null if all may. */
function outcomeOf({ dependsOn }: Card, { history }: Study): unknown {
  if (dependsOn === "order") return null;
  return history.trials.map(({ config, curve }) => (dependsOn === "results" ? { config, curve } : config));
}

/** A study of which eight jobs run at once, and whose evaluations end in the order that the scheduler of fast-check draws. */
export async function playScheduled(card: Card, scheduler: fc.Scheduler): Promise<Played> {
  const events: Event[] = [];
  const study = startStudy(definitionOf(card), (event) => events.push(event));
  const evaluate = ({ config, until }: Job): Promise<Evaluated> =>
    scheduler.schedule(Promise.resolve({ values: [toyValue(trained, config, until, salt)] }));
  const clock = { nowMs: () => 0, after: () => () => {}, virtual: true };
  await scheduler.waitFor(drive(study, evaluate, { workers: 8, trials: 24, finish: true, clock }));
  return { study, events };
}
