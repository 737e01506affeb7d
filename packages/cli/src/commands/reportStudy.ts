import { readStudy } from "@caviar-hpo/runtime/log";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeStudyReport } from "../writeStudyReport.ts";

/** Writes the page of the study in a folder, or one figure of it. */
export function reportStudy(
  folder: string,
  { json, figure }: { readonly json: boolean; readonly figure?: string },
  { stdout }: Terminal,
): number {
  const study = readStudy(folder);
  const page = writeStudyReport(study, folder, figure);
  if (figure !== undefined) stdout.write(json ? jsonText({ figure: page }) : `Figure: ${printable(page)}\n`);
  else stdout.write(json ? jsonText({ report: page, trials: study.trials.length, best: study.best() }) : `Report: ${printable(page)}\n`);
  return exitCodes.done;
}
