/** A command that does what its first argument says: `node command.mjs ACT …`. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";

const [act, ...rest] = process.argv.slice(2);
const report = (value) => writeSync(1, `${JSON.stringify(value)}\n`);
const forever = () => setInterval(() => {}, 1e6);
/** Starts a process in the same group, and says its number. */
const startChild = () => writeSync(2, `child ${spawn("sleep", ["1000"], { stdio: "ignore" }).pid}\n`);

const acts = {
  fine: () => report({ value: 1 }),
  exitsWith0: () => {},
  exitsWith1: () => {
    writeSync(2, "Traceback: CUDA out of memory\n");
    process.exitCode = 1;
  },
  failsAfterItsResult: () => {
    report({ value: 1 });
    process.exitCode = 3;
  },
  isKilled: () => process.kill(process.pid, "SIGKILL"),
  isKilledAfterItsResult: () => {
    report({ value: 1 });
    process.kill(process.pid, "SIGKILL");
  },
  exhaustsItsMemory: () => {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 1e5 }, (_, index) => ({ index })));
  },
  saysError: () => report({ error: "bad luck" }),
  isInfeasible: () => report({ infeasible: true }),
  returnsNaN: () => writeSync(1, '{"value": NaN}\n'),
  floodsStdout: () => {
    for (let index = 0; index < 500; index++) writeSync(1, `${"x".repeat(99_999)}\n`);
    report({ value: 1 });
  },
  printsGarbage: () => {
    writeSync(1, Buffer.from([0, 255, 254, 10, 128, 10, 123, 10]));
    writeSync(1, `${"x".repeat(2 ** 21)}\n`);
    report({ value: 1 });
  },
  printsAnEndlessLine: () => {
    for (;;) writeSync(1, "x".repeat(2 ** 16));
  },
  printsHalfALine: () => writeSync(1, '{"value": 1'),
  printsALineWithoutItsEnd: () => writeSync(1, '{"value": 1}'),
  misspellsItsReport: () => report({ value: 1, fidelty: 1 }),
  repliesTwice: () => {
    report({ value: 1 });
    report({ value: 2 });
  },
  reportsForever: () => {
    for (;;) writeSync(1, `${JSON.stringify({ value: 1 })}\n`.repeat(1000));
  },
  hangs: forever,
  hangsAfterItsResult: () => {
    report({ value: 1 });
    forever();
  },
  ignoresItsSignal: () => {
    process.on("SIGTERM", () => {});
    startChild();
    forever();
  },
  leavesAChild: () => {
    startChild();
    report({ value: 1 });
    process.exit();
  },
  stops: () => process.kill(process.pid, "SIGSTOP"),
  dripsBytes: () => setInterval(() => writeSync(1, "x"), 1),

  /** Reports on descriptor 4. */
  reportsElsewhere: () => {
    console.log('{"value": 99}');
    writeSync(4, '{"value": 1}\n');
  },
  reportsGarbageElsewhere: () => writeSync(4, "hello\n"),
  /** Tells what it got. */
  tells: () => {
    const { CAVIAR_CONFIG, CAVIAR_TRIAL, CAVIAR_UNTIL, CAVIAR_FROM, CAVIAR_SLOT_GPU, CUDA_VISIBLE_DEVICES, SECRET } = process.env;
    const [file] = rest;
    const variables = { CAVIAR_CONFIG, CAVIAR_TRIAL, CAVIAR_UNTIL, CAVIAR_FROM, CAVIAR_SLOT_GPU, CUDA_VISIBLE_DEVICES, SECRET };
    writeSync(
      2,
      `${JSON.stringify({ ...variables, file: JSON.parse(readFileSync(file, "utf8")), rest: rest.slice(1), cwd: process.cwd() })}\n`,
    );
    report({ value: 1 });
  },
  /** Trains from its checkpoint: `trains RATE UNTIL FROM FOLDER`. */
  trains: () => {
    const [rate, until, from, folder] = [Number(rest[0]), Number(rest[1]), Number(rest[2]), rest[3]];
    const path = `${folder}/model/weight.json`;
    let { weight, epoch } = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { weight: 0, epoch: 0 };
    if (epoch !== from) throw new Error(`the checkpoint is of epoch ${epoch}, and not of ${from}`);
    const loss = () => (weight - 1) ** 2;
    while (epoch < until) {
      weight += rate * (1 - weight);
      epoch++;
      if (epoch < until) report({ value: loss(), fidelity: epoch });
    }
    mkdirSync(`${folder}/model`, { recursive: true });
    writeFileSync(path, JSON.stringify({ weight, epoch }));
    report({ value: loss() });
  },
  /** Is preempted the first time: `isPreempted FILE`. */
  isPreempted: () => {
    const [file] = rest;
    if (existsSync(file)) return report({ value: 1 });
    writeFileSync(file, "");
    report({ preempted: true });
  },
};

acts[act]();
