import { expect, test } from "vitest";
import { StateError } from "../contract/errors.ts";
import { stillClock, virtualClock } from "./clock.ts";

const turn = async (): Promise<void> => {
  for (let hop = 0; hop < 20; hop++) await Promise.resolve();
};

test("timers fire in order of time, then of creation, each at its moment", async () => {
  const clock = virtualClock(turn);
  const fired: string[] = [];
  for (const [name, delay] of [
    ["c", 30],
    ["a", 10],
    ["b", 10],
    ["now", 0],
    ["past", -5],
    ["nowhere", NaN],
  ] as const)
    clock.after(delay, () => fired.push(`${name}@${clock.nowMs()}`));
  await clock.run(clock.sleep(31));
  expect(fired).toEqual(["now@0", "past@0", "nowhere@0", "a@10", "b@10", "c@30"]);
  expect(clock.nowMs()).toBe(31);
});

test("a timer that was cancelled never fires", async () => {
  const clock = virtualClock(turn);
  const fired: string[] = [];
  const cancel = clock.after(5, () => fired.push("cancelled"));
  clock.after(1, cancel);
  await clock.run(clock.sleep(10));
  expect(fired).toEqual([]);
});

test("time stands still while work continues without waiting, and runs across nested waits", async () => {
  const clock = virtualClock(turn);
  const work = async (): Promise<readonly number[]> => {
    const seen = [clock.nowMs()];
    await Promise.resolve();
    seen.push(clock.nowMs());
    await Promise.all([clock.sleep(5), clock.sleep(7).then(() => clock.sleep(7))]);
    seen.push(clock.nowMs());
    return seen;
  };
  expect(await clock.run(work())).toEqual([0, 0, 14]);
});

test("work that rejects rejects, and its timers are left alone", async () => {
  const clock = virtualClock(turn);
  const fired: string[] = [];
  clock.after(100, () => fired.push("late"));
  await expect(clock.run(clock.sleep(1).then(() => Promise.reject(new Error("no"))))).rejects.toThrow("no");
  expect([fired, clock.nowMs()]).toEqual([[], 1]);
});

test("work that waits for something else than the clock is found out", async () => {
  const clock = virtualClock(turn);
  await expect(clock.run(new Promise(() => {}))).rejects.toThrow(StateError);
});

test("the still clock never moves and never calls back", async () => {
  const called: string[] = [];
  stillClock.after(0, () => called.push("moved"))();
  await turn();
  expect([stillClock.nowMs(), called]).toEqual([0, []]);
});
