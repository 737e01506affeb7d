/**
 * An objective whose configuration says what it does wrong. The worker's conversation is on file descriptors 3 and 4 of a process, and on a
 * port of a thread, which the objective cannot reach.
 */
import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

const forever = () => new Promise(() => setInterval(() => {}, 1e6));
/** Blocks the thread. */
const block = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
const leak = () => {
  const kept = [];
  for (;;) kept.push(Array.from({ length: 1e5 }, (_, index) => ({ index })));
};
const say = (message) => writeSync(4, message);
const bytes = (text, times) => Buffer.alloc(text.length * times, text);

const acts = {
  fine: () => 1,
  takesAWhile: () => new Promise((resolve) => setTimeout(() => resolve(1), 200)),
  leavesATimer: () => {
    setTimeout(() => process.exit(1), 50);
    return 1;
  },
  exitsWith0: () => process.exit(0),
  exitsWith1: () => process.exit(1),
  exitsLater: async () => {
    setTimeout(() => process.exit(3), 5);
    await forever();
  },
  isKilled: () => {
    process.kill(process.pid, "SIGKILL");
    block();
  },
  isStopped: () => {
    process.kill(process.pid, "SIGSTOP");
    return 1;
  },
  throws: () => {
    throw new Error("bad luck");
  },
  throwsLater: async () => {
    setTimeout(() => {
      throw new Error("no one catches this");
    }, 5);
    await forever();
  },
  throwsNullLater: async () => {
    setTimeout(() => {
      throw null;
    }, 5);
    await forever();
  },
  rejectsLater: async () => {
    void Promise.reject(new Error("no one handles this"));
    await forever();
  },
  floodsStdout: () => {
    for (let index = 0; index < 500; index++) process.stdout.write("x".repeat(100_000));
    return 1;
  },
  printsGarbage: () => {
    process.stdout.write(Buffer.from([0, 255, 254, 10, 128, 10, 123, 10]));
    process.stderr.write(Buffer.from([0, 255, 254, 10]));
    return 1;
  },
  hangs: forever,
  blocks: block,
  ignoresSignals: async () => {
    process.on("SIGTERM", () => {});
    await forever();
  },
  leavesAChild: () => {
    const child = spawn("sleep", ["1000"], { stdio: "ignore" });
    process.stderr.write(`child ${child.pid}\n`);
    return 1;
  },
  leaks: leak,
  exhaustsItsMemory: leak,
  returnsNothing: () => undefined,
  returnsABigInt: () => 1n,
  returnsAFunction: () => () => 1,
  measuresForever: ({ measure }) => {
    for (let fidelity = 1; ; fidelity++) measure(1, fidelity);
  },
  measuresGarbage: ({ measure }) => {
    measure({ vlaue: 1 }, 1);
    return 1;
  },
  postsGarbage: async () => {
    for (const garbage of [null, 5, {}, { text: 7 }, { text: "{}", bytes: 1 }]) workerData.port.postMessage(garbage);
    await forever();
  },
  saysGarbage: async () => {
    say(Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from("\n")]));
    await forever();
  },
  saysOtherJson: async () => {
    say('{"kind":"finishd"}\n');
    await forever();
  },
  saysHalfALine: () => {
    say('{"kind":"finished","tok');
    process.exit(0);
  },
  saysALongLine: async () => {
    say(bytes("x", 2 ** 21));
    await forever();
  },
  saysAnEndlessLine: async () => {
    for (;;) say(bytes("x", 2 ** 16));
  },
  saysAnotherJob: async () => {
    say(`{"kind":"finished","token":"${"0".repeat(32)}","result":9}\n`);
    await forever();
  },
  saysManyMessages: () => {
    for (;;) say(bytes(`{"kind":"finished","token":"${"0".repeat(32)}","result":9}\n`, 100));
  },
  saysItSaved: async () => {
    say(`{"kind":"saved","token":"0","fidelity":1,"file":0}\n`);
    await forever();
  },
  closesItsLine: async () => {
    const { closeSync } = await import("node:fs");
    closeSync(4);
    await forever();
  },
  dripsBytes: async () => {
    setInterval(() => say("x"), 1);
    await forever();
  },
};

/** @param {import("@caviar-hpo/tune").Assignment<{ act: keyof typeof acts }, Uint8Array>} assignment */
export default function misbehave(assignment) {
  return acts[assignment.config.act](assignment);
}
