/** caviar watch: the progress of a study on which another process works. */
import { type WatchedStudy, watchStudy } from "@caviar-hpo/runtime/log";
import { barOf, liveLine, printable, type StudyCounts, studyText } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { notedTrials } from "../optimize/runOptions.ts";
import { studyFolder } from "../studyFolder.ts";
import { jsonLine } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readArguments, type Subcommand } from "./command.ts";

export const watchCommand: Subcommand = {
  help: `Usage: caviar watch FOLDER [--json]

Shows the progress of the study in FOLDER: a line that changes in its place on a terminal, and elsewhere a new line for each change. Ends
when the study has ended, or by Ctrl-C. It does not disturb the process that works on the study.

  --json    print a line of JSON for each change: { trials, running, failed, best, open, ended }

Example:

  caviar watch runs/digits`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("watch", args, { json: "flag" }, 1);
    const folder = studyFolder("watch", words);
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    terminal.signals.on("SIGINT", onSignal);
    try {
      await follow(folder, stop.signal, flags.json === true, terminal);
    } finally {
      terminal.signals.off("SIGINT", onSignal);
    }
    return exitCodes.done;
  },
};

async function follow(folder: string, signal: AbortSignal, json: boolean, { stdout }: Terminal): Promise<void> {
  const line = liveLine(stdout);
  let text = "";
  for await (const study of watchStudy(folder, { signal })) {
    if (json) {
      stdout.write(jsonLine({ ...countsOf(study), open: study.open, ended: study.ended }));
      continue;
    }
    text = describe(study);
    if (stdout.isTTY === true) line.draw(barOf(endedTrials(study), notedTrials(study)) + text, "now");
    else stdout.write(`${text}\n`);
  }
  line.end();
  if (stdout.isTTY === true && !json) stdout.write(`${text}\n`);
}

function countsOf({ history, trials, best }: WatchedStudy): Omit<StudyCounts, "secondsLeft"> {
  return {
    trials: trials.length,
    running: history.running.length,
    failed: trials.filter(({ status }) => status === "failed").length,
    best: best()[0] ?? null,
  };
}

function describe(study: WatchedStudy): string {
  const text = studyText({ ...countsOf(study), secondsLeft: null }, notedTrials(study));
  if (study.open) return text;
  return `${text}; ${study.ended === null ? "no process works on it" : printable(study.ended.reason)}`;
}

function endedTrials({ trials, history }: WatchedStudy): number {
  return trials.length - history.running.length;
}
