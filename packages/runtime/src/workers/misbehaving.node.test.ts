/** Row B2 of the fault matrix: what a worker does wrong harms its own trial and no other, and nothing of it remains. */
import { describe, expect, it } from "vitest";
import { programUrl, type RowResult, runRow } from "../../testing/workerRows.ts";

const objective = programUrl("misbehaving.mjs");

type Expected = readonly [act: string, status: string, reason: string | undefined, error: RegExp];

const everywhere: readonly Expected[] = [
  ["throws", "failed", "threw", /^bad luck$/],
  ["exitsWith0", "failed", "threw", /expected an answer, got its exit with code 0/],
  ["exitsWith1", "failed", "threw", /expected an answer, got its exit with code 1/],
  ["exitsLater", "failed", "threw", /expected an answer, got its exit with code 3/],
  ["throwsLater", "failed", "threw", /nobody catches this/],
  ["rejectsLater", "failed", "threw", /nobody handles this/],
  ["floodsStdout", "finished", undefined, /^$/],
  ["printsGarbage", "finished", undefined, /^$/],
  ["returnsNothing", "failed", "threw", /expected a number, \{ value \} or \{ values \}, got undefined/],
  ["returnsABigInt", "failed", "threw", /bigint|1n/i],
  ["returnsAFunction", "failed", "threw", /function/],
  ["measuresGarbage", "failed", "threw", /"vlaue"/],
];

const onlyProcesses: readonly Expected[] = [
  ["isKilled", "failed", "lost", /expected an answer, got its end by SIGKILL/],
  ["saysGarbage", "failed", "threw", /not UTF-8/],
  ["saysOtherJson", "failed", "threw", /expected messages, got .*finishd/],
  ["saysHalfALine", "failed", "threw", /expected messages, got "\{.*finished.*tok"/],
  ["saysALongLine", "failed", "threw", /expected at most 1048576 UTF-16 units, got more/],
  ["saysAnEndlessLine", "failed", "threw", /expected at most 1048576 UTF-16 units, got more/],
  ["saysAnotherJob", "failed", "threw", /expected messages about its own job, got one with the token "0+"/],
  ["saysManyMessages", "failed", "threw", /expected messages about its own job/],
  ["saysItSaved", "failed", "threw", /expected messages about its own job/],
  ["closesItsLine", "failed", "threw", /got the end of its file descriptor 4/],
];

const hanging: readonly string[] = ["hangs", "blocks", "ignoresSignals", "leaks"];

function check({ trial, others, left }: RowResult, [, status, reason, error]: Expected): void {
  expect(others).toEqual(["finished"]);
  expect([trial.status, trial.failure?.reason]).toEqual([status, reason]);
  expect(trial.failure?.error ?? "").toMatch(error);
  expect(left).toEqual([]);
}

describe.each(["thread", "process"] as const)("an objective in a %s that misbehaves harms its own trial alone when it", (executor) => {
  it.each(everywhere)("%s", async (...expected) => {
    check(await runRow({ objective, act: expected[0], options: { executor } }), expected);
  });

  it.each(hanging)("%s beyond its time limit", async (act) => {
    const result = await runRow({ objective, act, options: { executor, timeoutSeconds: 1.5 } });
    check(result, [act, "failed", "timeout", /expected its end within 1.5 seconds, got none/]);
  });
});

describe("an objective in a process that misbehaves harms its own trial alone when it", () => {
  it.each(onlyProcesses)("%s", async (...expected) => {
    check(await runRow({ objective, act: expected[0], options: { executor: "process" } }), expected);
  });
});
