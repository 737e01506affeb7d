/**
 * What a worker can do wrong, and what must become of its trial: row B2 of the fault matrix. The names are those of the acts in
 * `programs/misbehaving.mjs` and `programs/command.mjs`.
 */

/** The status of the trial, the reason of its failure, and its error. */
export type Misbehaviour = {
  readonly act: string;
  readonly status: "finished" | "failed";
  readonly reason?: string;
  readonly error?: RegExp;
  /** It does not end, so its time limit passes. */
  readonly hangs?: boolean;
};

const threw = (act: string, error: RegExp): Misbehaviour => ({ act, status: "failed", reason: "threw", error });
const lost = (act: string, error: RegExp): Misbehaviour => ({ act, status: "failed", reason: "lost", error });
const fine = (act: string): Misbehaviour => ({ act, status: "finished" });
const hangs = (act: string): Misbehaviour => ({
  act,
  status: "failed",
  reason: "timeout",
  error: /expected its end within 7 seconds, got none/,
  hangs: true,
});

/** Of an objective in a thread or in a process. */
export const everywhere: readonly Misbehaviour[] = [
  threw("throws", /^bad luck$/),
  threw("exitsWith0", /expected an answer, got its exit with code 0/),
  threw("exitsWith1", /expected an answer, got its exit with code 1/),
  threw("exitsLater", /expected an answer, got its exit with code 3/),
  threw("throwsLater", /no one catches this/),
  threw("throwsNullLater", /an uncaught error: null/),
  threw("rejectsLater", /no one handles this/),
  fine("floodsStdout"),
  fine("printsGarbage"),
  threw("returnsNothing", /expected a number, \{ value \} or \{ values \}, got undefined/),
  threw("returnsABigInt", /bigint|1n/i),
  threw("returnsAFunction", /function/),
  threw("measuresGarbage", /"vlaue"/),
  hangs("hangs"),
  hangs("blocks"),
  hangs("ignoresSignals"),
  hangs("leaks"),
];

/** Of an objective or a command in a process with little memory. */
export const exhaustsItsMemory: Misbehaviour = lost("exhaustsItsMemory", /got its end by SIGABRT/);

/** Of an objective in a thread or in a process. Its first measurement is at the end of its trial. */
export const measuresForever: Misbehaviour = fine("measuresForever");

/** Of an objective in a thread, which can reach the port of its conversation. */
export const ofThreads: readonly Misbehaviour[] = [threw("postsGarbage", /expected messages, got/)];

/** Of an objective in a process, which can reach the file descriptors of its conversation. */
export const ofProcesses: readonly Misbehaviour[] = [
  lost("isKilled", /expected an answer, got its end by SIGKILL/),
  hangs("isStopped"),
  hangs("dripsBytes"),
  threw("saysGarbage", /not UTF-8/),
  threw("saysOtherJson", /expected messages, got .*finishd/),
  threw("saysHalfALine", /expected messages, got "\{.*finished.*tok"/),
  threw("saysALongLine", /expected at most 1048576 UTF-16 units, got more/),
  threw("saysAnEndlessLine", /expected at most 1048576 UTF-16 units, got more/),
  threw("saysAnotherJob", /expected messages about its own job, got one with the token "0+"/),
  threw("saysManyMessages", /expected messages about its own job/),
  threw("saysItSaved", /expected messages about its own job/),
  threw("closesItsLine", /got the end of its file descriptor 4/),
];

export const ofCommands: readonly Misbehaviour[] = [
  threw("exitsWith0", /expected a result and exit code 0, got exit code 0 without a result\./),
  threw("exitsWith1", /got exit code 1, after it had printed: Traceback: CUDA out of memory\./),
  threw("failsAfterItsResult", /got exit code 3/),
  lost("isKilled", /got its end by SIGKILL/),
  lost("isKilledAfterItsResult", /got its end by SIGKILL/),
  threw("saysError", /^bad luck$/),
  { act: "isInfeasible", status: "failed", reason: "infeasible" },
  { act: "returnsNaN", status: "failed", reason: "nonfinite" },
  fine("floodsStdout"),
  fine("printsGarbage"),
  threw("printsHalfALine", /without a result, after it had printed: \{"value": 1\./),
  fine("printsALineWithoutItsEnd"),
  threw("misspellsItsReport", /"fidelty"/),
  fine("repliesTwice"),
  threw("reportsForever", /reports of the command: expected at most 100000 for one job, got more/),
  hangs("hangs"),
  hangs("hangsAfterItsResult"),
  hangs("printsAnEndlessLine"),
  hangs("stops"),
  hangs("dripsBytes"),
];
