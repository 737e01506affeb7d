/** Row B2 of the fault matrix, four times each: the trial that misbehaves comes at any place, and there are 1 to 4 workers. */
import { derive, root, stream } from "@caviar-hpo/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  everywhere,
  exhaustsItsMemory,
  type Misbehaviour,
  measuresForever,
  ofCommands,
  ofProcesses,
  ofThreads,
} from "../../testing/misbehaviours.ts";
import { commandThat, programUrl, type Row, runRow } from "../../testing/workerRows.ts";

const times = 4;
const objective = programUrl("misbehaving.mjs");

async function faultsOf(misbehaviour: Misbehaviour, row: Pick<Row, "objective" | "options">): Promise<readonly string[]> {
  const draw = stream(derive(root("workers"), misbehaviour.act));
  const faults: string[] = [];
  for (let time = 0; time < times; time++) {
    const before = Math.floor(draw.uniform() * 5);
    // A trial that hangs needs a worker of its own.
    const workers = (misbehaviour.hangs === true ? 2 : 1) + Math.floor(draw.uniform() * 3);
    const found = await runRow({ ...row, misbehaviour, before, after: 4 - before, options: { ...row.options, workers } });
    faults.push(...found.faults.map((fault) => `${before} before, ${workers} workers: ${fault}`));
  }
  return faults;
}

describe.each(["thread", "process"] as const)("an objective in a %s that misbehaves harms its own trial alone:", (executor) => {
  it.each(everywhere)("$act", async (misbehaviour) => {
    expect(await faultsOf(misbehaviour, { objective, options: { executor } })).toEqual([]);
  });
});

it.each(ofProcesses)("an objective in a process that misbehaves harms its own trial alone: $act", async (misbehaviour) => {
  expect(await faultsOf(misbehaviour, { objective, options: { executor: "process" } })).toEqual([]);
});

it.each(ofThreads)("an objective in a thread that misbehaves harms its own trial alone: $act", async (misbehaviour) => {
  expect(await faultsOf(misbehaviour, { objective, options: { executor: "thread" } })).toEqual([]);
});

it.each(ofCommands)("a command that misbehaves harms its own trial alone: $act", async (misbehaviour) => {
  expect(await faultsOf(misbehaviour, { objective: commandThat() })).toEqual([]);
});

describe("a process that may use 32 MB", () => {
  const { NODE_OPTIONS } = process.env;
  beforeEach(() => {
    process.env.NODE_OPTIONS = "--max-old-space-size=32";
  });
  afterEach(() => {
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  });

  it.each([
    ["an objective", { objective, options: { executor: "process" } }],
    ["a command", { objective: commandThat() }],
  ] as const)("of %s, and that needs more, harms its own trial alone", async (_name, row) => {
    expect(await faultsOf(exhaustsItsMemory, row)).toEqual([]);
  });
});

it.each(["thread", "process"] as const)("an objective in a %s that measures without end harms its own trial alone", async (executor) => {
  expect(await faultsOf(measuresForever, { objective, options: { executor } })).toEqual([]);
});
