/** caviar watch: the progress of a study on which another process works. */
import { isResumed, notedOutlook } from "@caviar-hpo/core/contract";
import { type WatchedStudy, type WatchOptions, watchStudy } from "@caviar-hpo/runtime/log";
import { barOf, liveLine, numberText, printable, type StudyCounts, studyText } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { notedCount } from "../optimize/runOptions.ts";
import { studyFolder } from "../studyFolder.ts";
import { jsonLine } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readArguments, readPositive, type Subcommand } from "./command.ts";

export const watchCommand: Subcommand = {
  help: `Usage: caviar watch FOLDER [--wait S] [--page] [--json]

Shows the progress of the study in FOLDER: a line that changes in its place on a terminal, and elsewhere a new line for each change. Ends
when the study has ended, or by Ctrl-C. It does not disturb the process that works on the study. If the strategy says what it expects of
further trials, the line has the gain that it expects of all of them together.

  --wait S  if the study has ended, wait so many seconds until optimize is given again. Without it, watch shows its end and ends too
  --page    serve the page of caviar report on a free port of 127.0.0.1, until Ctrl-C. The page follows the study. Its address has a
            token, so that only those to whom you show it can read the page
  --json    print a line of JSON for each change: { trials, running, failed, best, open, ended, outlook }. With --page: { page }

Example:

  caviar watch runs/digits`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("watch", args, { page: "flag", json: "flag", wait: "value" }, 1);
    const folder = studyFolder("watch", words);
    const waitSeconds = flags.wait === undefined ? 0 : readPositive("wait", flags.wait, "zero");
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    const signals = flags.page === true ? ["SIGINT", "SIGTERM"] : ["SIGINT"];
    for (const signal of signals) terminal.signals.on(signal, onSignal);
    const json = flags.json === true;
    try {
      if (flags.page === true) await followOnPage(folder, stop.signal, json, terminal);
      else await follow(folder, { signal: stop.signal, waitSeconds }, json, terminal);
    } finally {
      for (const signal of signals) terminal.signals.off(signal, onSignal);
    }
    return exitCodes.done;
  },
};

async function followOnPage(folder: string, signal: AbortSignal, json: boolean, { stdout }: Terminal): Promise<void> {
  const { watchPage } = await import("../watchPage.ts");
  await watchPage(folder, signal, (page) => {
    stdout.write(json ? jsonLine({ page }) : `${page}\nCtrl-C ends it.\n`);
  });
}

async function follow(folder: string, options: WatchOptions, json: boolean, { stdout }: Terminal): Promise<void> {
  const line = liveLine(stdout);
  let text = "";
  for await (const study of watchStudy(folder, options)) {
    if (json) {
      const { ended: _ended, ...counts } = countsOf(study);
      stdout.write(jsonLine({ ...counts, open: study.open, ended: study.ended, outlook: outlookOf(study) }));
      continue;
    }
    text = describe(study);
    if (stdout.isTTY === true) line.draw(barOf(countsOf(study).ended, notedCount(study, "trials")) + text, "now");
    else stdout.write(`${text}\n`);
  }
  line.end();
  if (stdout.isTTY === true && !json) stdout.write(`${text}\n`);
}

/** What counts towards the budget: trials that were imported or observed do not. */
function countsOf({ history, trials, best }: WatchedStudy): Omit<StudyCounts, "secondsLeft"> & { readonly trials: number } {
  const own = trials.filter(({ observed }) => observed !== true);
  const running = history.running.filter(({ observed }) => observed !== true);
  const resumed = running.filter((job) => isResumed(job, history.trials[job.trial]!));
  return {
    trials: own.length,
    ended: own.length - running.length + resumed.length,
    running: running.length,
    failed: own.filter(({ status }) => status === "failed").length,
    best: best()[0] ?? null,
  };
}

function describe(study: WatchedStudy): string {
  const [counts, total] = [countsOf(study), notedCount(study, "trials")];
  const text = studyText(
    { ...counts, secondsLeft: total === null || !study.open ? null : secondsLeft(study, total - counts.ended) },
    total,
  );
  const outlook = outlookOf(study);
  const shown = outlook === null ? text : `${text}, further gain ${numberText(Number(outlook.expected.toPrecision(3)))} expected`;
  if (study.open) return shown;
  return `${shown}; ${study.ended === null ? "no process works on it" : printable(study.ended.reason)}`;
}

/** What the strategy expected at its latest ask that says so; null if none does. */
function outlookOf({ jobs }: WatchedStudy) {
  for (let place = jobs.length - 1; place >= 0; place--) {
    const { trial, note } = jobs[place]!;
    const noted = notedOutlook(note);
    if (noted !== null) return { trial, ...noted };
  }
  return null;
}

/** An estimate: the trials that are left take as long as those that have ended, on average, and are shared by the workers. */
function secondsLeft(study: WatchedStudy, trialsLeft: number): number | null {
  const durations = study.trials.flatMap(({ observed, durationSeconds }) =>
    observed || durationSeconds === null ? [] : [durationSeconds],
  );
  if (durations.length === 0) return null;
  const mean = durations.reduce((sum, seconds) => sum + seconds, 0) / durations.length;
  return (mean * Math.max(0, trialsLeft)) / (notedCount(study, "workers") ?? 1);
}
