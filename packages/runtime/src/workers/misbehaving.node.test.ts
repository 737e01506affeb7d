/** Row B2 of the fault matrix: what a worker does wrong harms its own trial and no other, and nothing of it remains. */
import { describe, expect, it } from "vitest";
import { everywhere, type Misbehaviour, ofCommands, ofProcesses, ofThreads } from "../../testing/misbehaviours.ts";
import { childrenIn, commandThat, isRunning, programUrl, runRow } from "../../testing/workerRows.ts";

const objective = programUrl("misbehaving.mjs");

describe.each(["thread", "process"] as const)("an objective in a %s that misbehaves harms its own trial alone:", (executor) => {
  it.each(everywhere)("$act", async (misbehaviour) => {
    expect((await runRow({ objective, misbehaviour, options: { executor } })).faults).toEqual([]);
  });
});

it.each(ofProcesses)("an objective in a process that misbehaves harms its own trial alone: $act", async (misbehaviour) => {
  expect((await runRow({ objective, misbehaviour, options: { executor: "process" } })).faults).toEqual([]);
});

it.each(ofThreads)("an objective in a thread that misbehaves harms its own trial alone: $act", async (misbehaviour) => {
  expect((await runRow({ objective, misbehaviour, options: { executor: "thread" } })).faults).toEqual([]);
});

it.each(ofCommands)("a command that misbehaves harms its own trial alone: $act", async (misbehaviour) => {
  expect((await runRow({ objective: commandThat(), misbehaviour })).faults).toEqual([]);
});

describe.skipIf(process.platform === "win32")("no process is left of", () => {
  const leavesAChild: Misbehaviour = { act: "leavesAChild", status: "finished" };
  const ignoresItsSignal: Misbehaviour = { ...everywhere.find(({ hangs }) => hangs)!, act: "ignoresItsSignal" };

  it.each([
    ["a command that leaves a child behind", commandThat(), leavesAChild],
    ["a command that ignores its signal, and has a child", commandThat(), ignoresItsSignal],
    ["a worker process whose objective leaves a child behind", objective, leavesAChild],
  ] as const)("%s", async (_name, objective, misbehaviour) => {
    const options = objective instanceof URL ? ({ executor: "process" } as const) : {};
    const { faults, printed } = await runRow({ objective, misbehaviour, options });
    expect(faults).toEqual([]);
    expect(childrenIn(printed)).toHaveLength(1);
    expect(childrenIn(printed).filter(isRunning)).toEqual([]);
  });
});
