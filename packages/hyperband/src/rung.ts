/**
 * A rung of asynchronous halving. Results come one at a time, and the best floor(n / eta) of the n results so far are on top. Two heaps
 * meet at that border: one has the worst of the top at its root, the other the best of the rest. So a result costs O(log n). Failures count
 * in n and are never on top. The rung is made of arrays and numbers only, because a state can hold nothing else.
 */
import type { TrialId } from "@caviar-hpo/core";
import { compareMerits, type Standing } from "@caviar-hpo/core/contract";
import { type Before, popHeap, pushHeap } from "./heap.ts";

/**
 * `count` includes failures. `trials`, `violations` and `values` hold the successes in the order of arrival; the heaps hold indices into
 * them. A mark is the sum of 1 for a place on top and 2 for a promotion. `ready` holds the places on top that were not promoted, and also
 * some that no longer are: `bestReady` drops those.
 */
export type Rung = {
  count: number;
  readonly trials: TrialId[];
  readonly violations: number[];
  readonly values: number[];
  readonly marks: number[];
  readonly top: number[];
  readonly rest: number[];
  readonly ready: number[];
};

const onTop = 1;
const promoted = 2;

export function emptyRung(): Rung {
  return { count: 0, trials: [], violations: [], values: [], marks: [], top: [], rest: [], ready: [] };
}

/**
 * Adds a result.
 *
 * @param slots how many of a count belong on top.
 * @returns whether the result is on top now.
 */
export function enter(rung: Rung, [trial, violation, value]: Standing, slots: (count: number) => number): boolean {
  const place = rung.trials.length;
  rung.trials.push(trial);
  rung.violations.push(violation);
  rung.values.push(value);
  rung.marks.push(0);
  const orders = ordersIn(rung);
  const border = rung.top[0];
  if (border !== undefined && orders.better(place, border)) {
    lower(rung, orders);
    raise(rung, place, orders);
  } else {
    pushHeap(rung.rest, place, orders.better);
  }
  widen(rung, slots, orders);
  return isOnTop(rung, place);
}

/** Adds a failure: one more result, worse than all others. */
export function enterFailure(rung: Rung, slots: (count: number) => number): void {
  widen(rung, slots, ordersIn(rung));
}

/** The best trial on top that was not promoted yet; null if all were. */
export function bestReady(rung: Rung): TrialId | null {
  for (;;) {
    const place = rung.ready[0];
    if (place === undefined) return null;
    if (rung.marks[place] === onTop) return rung.trials[place]!;
    popHeap(rung.ready, ordersIn(rung).better);
  }
}

/** If three promoted trials have failed, the cause seems to be the longer training, and not the trials. */
const patience = 3;

/**
 * Promotes the best trial of the rung, on top or not. Trials that have failed since their promotion do not count, but after `patience` of
 * them nothing is promoted. The top is too large then, until the next result comes.
 *
 * @returns null if the best trial was promoted already, or if there is none.
 */
export function promoteLeader(rung: Rung, hasFailed: (trial: TrialId) => boolean): TrialId | null {
  if (rung.top.some((place) => !hasFailed(rung.trials[place]!))) return null;
  const { better, worse } = ordersIn(rung);
  while (rung.top.length < patience) {
    const place = popHeap(rung.rest, better);
    if (place === undefined) return null;
    const trial = rung.trials[place]!;
    const isNew = rung.marks[place]! < promoted;
    rung.marks[place]! += isNew ? onTop + promoted : onTop;
    pushHeap(rung.top, place, worse);
    if (isNew) return trial;
    if (!hasFailed(trial)) return null;
  }
  return null;
}

/** Promotes the trial that `bestReady` has just returned. */
export function promoteBest(rung: Rung): void {
  rung.marks[popHeap(rung.ready, ordersIn(rung).better)!]! += promoted;
}

/** The trials of the rung that were not promoted yet, in the order of arrival. */
export function waitingAt({ trials, marks }: Rung): readonly TrialId[] {
  return trials.filter((_, place) => marks[place]! < promoted);
}

/** Promotes one of the waiting trials, on top or not. */
export function promoteWaiting(rung: Rung, trial: TrialId): void {
  rung.marks[rung.trials.indexOf(trial)]! += promoted;
}

/** Counts one more result, and lets the best of the rest join the top if that has a free place now. */
function widen(rung: Rung, slots: (count: number) => number, orders: PlaceOrders): void {
  rung.count++;
  const size = slots(rung.count);
  while (rung.top.length > size) lower(rung, orders);
  if (rung.top.length === size) return;
  const place = popHeap(rung.rest, orders.better);
  if (place !== undefined) raise(rung, place, orders);
}

function raise(rung: Rung, place: number, { better, worse }: PlaceOrders): void {
  rung.marks[place]! += onTop;
  pushHeap(rung.top, place, worse);
  if (rung.marks[place] === onTop) pushHeap(rung.ready, place, better);
}

/** The worst of the top joins the rest. */
function lower(rung: Rung, { better, worse }: PlaceOrders): void {
  const place = popHeap(rung.top, worse)!;
  rung.marks[place]! -= onTop;
  pushHeap(rung.rest, place, better);
}

function isOnTop(rung: Rung, place: number): boolean {
  return rung.marks[place]! % promoted === onTop;
}

/** The two orders of the places of a rung. They are made once per result, not once per heap. */
type PlaceOrders = { readonly better: Before; readonly worse: Before };

function ordersIn({ trials, violations, values }: Rung): PlaceOrders {
  const better: Before = (a, b) => (compareMerits(violations[a]!, values[a]!, violations[b]!, values[b]!) || trials[a]! - trials[b]!) < 0;
  return { better, worse: (a, b) => better(b, a) };
}
