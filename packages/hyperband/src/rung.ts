/**
 * A rung of asynchronous halving: results come one by one, and at any moment the best floor(n / eta) of the n so far are on top. Two heaps
 * meet at that border, the worst of the top at one root and the best of the rest at the other, so that a result costs O(log n). Failures count
 * in n and are never on top. Arrays and numbers only, as a state can hold them.
 */
import { compareMerits, type Standing, type TrialId } from "@caviar-hpo/core";
import { type Before, popHeap, pushHeap } from "./heap.ts";

/**
 * `count` includes failures. Successes stand in `trials`, `violations`, `values` in the order of arrival; the heaps hold their places there.
 * `marks` adds up 1 for the top and 2 for the promoted. `ready` holds the top's unpromoted, and places that have ceased to be so.
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
 * @returns whether it is on top now.
 */
export function enter(rung: Rung, [trial, violation, value]: Standing, slots: (count: number) => number): boolean {
  const place = rung.trials.length;
  rung.trials.push(trial);
  rung.violations.push(violation);
  rung.values.push(value);
  rung.marks.push(0);
  const better = betterIn(rung);
  const border = rung.top[0];
  if (border !== undefined && better(place, border)) {
    const worse = popHeap(rung.top, worseIn(rung))!;
    rung.marks[worse]! -= onTop;
    pushHeap(rung.rest, worse, better);
    raise(rung, place);
  } else {
    pushHeap(rung.rest, place, better);
  }
  widen(rung, slots);
  return isOnTop(rung, place);
}

/** Adds a failure: one more result, worse than all. */
export function enterFailure(rung: Rung, slots: (count: number) => number): void {
  widen(rung, slots);
}

/** The best trial on top that was not promoted yet; null where there is none. */
export function bestReady(rung: Rung): TrialId | null {
  const better = betterIn(rung);
  for (;;) {
    const place = rung.ready[0];
    if (place === undefined) return null;
    if (rung.marks[place] === onTop) return rung.trials[place]!;
    popHeap(rung.ready, better);
  }
}

/** Promotes what `bestReady` has just answered. */
export function promoteBest(rung: Rung): void {
  rung.marks[popHeap(rung.ready, betterIn(rung))!]! += promoted;
}

/** One result more: the top may have one place more. */
function widen(rung: Rung, slots: (count: number) => number): void {
  rung.count += 1;
  if (rung.top.length >= slots(rung.count)) return;
  const place = popHeap(rung.rest, betterIn(rung));
  if (place !== undefined) raise(rung, place);
}

function raise(rung: Rung, place: number): void {
  rung.marks[place]! += onTop;
  pushHeap(rung.top, place, worseIn(rung));
  if (rung.marks[place] === onTop) pushHeap(rung.ready, place, betterIn(rung));
}

function isOnTop(rung: Rung, place: number): boolean {
  return rung.marks[place]! % promoted === onTop;
}

function betterIn({ trials, violations, values }: Rung): Before {
  return (a, b) => (compareMerits(violations[a]!, values[a]!, violations[b]!, values[b]!) || trials[a]! - trials[b]!) < 0;
}

function worseIn(rung: Rung): Before {
  const better = betterIn(rung);
  return (a, b) => better(b, a);
}
