import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "./systemClock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a timer fires once, when its time has come", () => {
  const fired: number[] = [];
  systemClock.after(50, () => fired.push(systemClock.nowMs()));
  const startMs = systemClock.nowMs();
  vi.advanceTimersByTime(49);
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(fired).toEqual([startMs + 50]);
});

test("a cancelled timer does not fire", () => {
  const fired: string[] = [];
  const cancel = systemClock.after(10, () => fired.push("late"));
  cancel();
  vi.advanceTimersByTime(1000);
  expect(fired).toEqual([]);
});

test("a timer of forty days waits forty days, though one of Node's fires at once", () => {
  const fired: string[] = [];
  const day = 86_400_000;
  systemClock.after(40 * day, () => fired.push("done"));
  vi.advanceTimersByTime(40 * day - 1);
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(fired).toEqual(["done"]);
});

test("a delay in the past fires at the next turn", () => {
  const fired: string[] = [];
  systemClock.after(-5, () => fired.push("now"));
  vi.advanceTimersByTime(1);
  expect(fired).toEqual(["now"]);
});
