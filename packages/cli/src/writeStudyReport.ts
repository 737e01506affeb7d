/** Writes the page of a study into its folder: report.html, report.md, and the figures with their numbers. */
import { Buffer } from "node:buffer";
import { basename, join } from "node:path";
import { type ShownStudy, type StudyReport, studyReport } from "@caviar-hpo/report/study";
import { checkedDisk, nodeDisk, replaceFiles } from "@caviar-hpo/runtime/disk";
import type { StoredStudy } from "@caviar-hpo/runtime/log";
import { drawingOf, filesOfFigure } from "./oneFigure.ts";
import { quoted } from "./quoted.ts";
import { version } from "./version.ts";

const ownedName = /^(?:report\.md|report\.html|fig\/[a-z0-9-]+\.(?:svg|csv|json))$/;

/** What the page of a stored study shows. It names the folder, and not where the folder is. */
export function shownStudy(study: StoredStudy): ShownStudy {
  const { folder, problem, seed, strategy, annotations, trials, jobs, ended } = study;
  const name = basename(folder);
  const command = `npx caviar-hpo report ${quoted(name)}`;
  return { name, problem, seed, strategy, annotations, trials, jobs, ended, version, command };
}

/**
 * Writes all files or none: after an error, an earlier page is as it was. It needs no lock of the study, so it works while another process
 * writes the study.
 *
 * @param folder that of the study, as the user has named it.
 * @param figure if given, only the files of the figure with this name are written.
 * @returns the path of the page, or of the figure's drawing.
 * @throws ConfigError for a figure that the page does not have.
 * @throws JournalError "diskFailed" for errors of the disk.
 */
export function writeStudyReport(study: StoredStudy, folder: string, figure?: string): string {
  const { html, markdown, files }: StudyReport = studyReport(shownStudy(study));
  const all = [...files, { name: "report.md", text: markdown }, { name: "report.html", text: html }];
  const written = figure === undefined ? all : filesOfFigure(files, figure);
  const names = new Set(written.map(({ name }) => name));
  replaceFiles(
    checkedDisk(nodeDisk),
    folder,
    written.map(({ name, text }) => ({ name, content: Buffer.from(text) })),
    { folders: [".", "fig"], belongs: (name) => (figure === undefined ? ownedName.test(name) : names.has(name)) },
  );
  return join(folder, figure === undefined ? "report.html" : drawingOf(figure));
}
