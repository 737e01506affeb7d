import { readStudy } from "@caviar-hpo/runtime/log";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeStudyFigure, writeStudyReport } from "../writeStudyReport.ts";

/** Writes the page of the study in a folder. */
export function reportStudy(folder: string, json: boolean, { stdout }: Terminal): number {
  const study = readStudy(folder);
  const page = writeStudyReport(study, folder);
  stdout.write(json ? jsonText({ report: page, trials: study.trials.length, best: study.best() }) : `Report: ${printable(page)}\n`);
  return exitCodes.done;
}

/** Writes one figure of that page. */
export function reportStudyFigure(folder: string, figure: string, json: boolean, { stdout }: Terminal): number {
  const drawing = writeStudyFigure(readStudy(folder), folder, figure);
  stdout.write(json ? jsonText({ figure: drawing }) : `Figure: ${printable(drawing)}\n`);
  return exitCodes.done;
}
