import { expect, it } from "vitest";
import { type DiskState, emptyDisk, faultyDisk, afterKill, filesOf, type Operation } from "../../testing/faultyDisk.ts";
import { advance, open, optionsOf, remainsOf, resume, subjects, logFile } from "../../testing/durableRun.ts";

it.each(subjects)("smoke $name", async (subject) => {
  const states: [Operation, DiskState][] = [];
  const disk = faultyDisk(emptyDisk, (op, _i, state) => { states.push([op, state]); return null; });
  const t0 = performance.now();
  const study = await open(disk, optionsOf(subject));
  advance(study, 0, 60);
  const want = remainsOf(study, filesOf(disk.state())[logFile]!);
  const t1 = performance.now();
  const k = states.length >> 1;
  const r = await resume(afterKill(states[k]![1]), optionsOf(subject), 60);
  const t2 = performance.now();
  console.log(subject.name, states.length, want.log.length, want.log.split("\n").length, t1 - t0, t2 - t1, r.recovered, r.notices, [...new Set(states.map(([o]) => o.kind))]);
  expect(r.remains).toEqual(want);
});
