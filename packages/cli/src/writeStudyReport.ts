/** Writes the page of a study into its folder: report.html, report.md, and the figures with their numbers; or one figure. */
import { Buffer } from "node:buffer";
import { basename, join } from "node:path";
import type { ReportFile } from "@caviar-hpo/report";
import { type ShownStudy, studyReport } from "@caviar-hpo/report/study";
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
 * @returns the path of the page.
 * @throws JournalError "diskFailed" for errors of the disk.
 */
export function writeStudyReport(study: StoredStudy, folder: string): string {
  const { html, markdown, files } = studyReport(shownStudy(study));
  const written = [...files, { name: "report.md", text: markdown }, { name: "report.html", text: html }];
  writeFiles(written, folder, (name) => ownedName.test(name));
  return join(folder, "report.html");
}

/**
 * The same for the files of one figure.
 *
 * @returns the path of the drawing.
 * @throws ConfigError for a figure that the page does not have.
 */
export function writeStudyFigure(study: StoredStudy, folder: string, figure: string): string {
  const written = filesOfFigure(studyReport(shownStudy(study)).files, figure);
  writeFiles(written, folder, (name) => written.some((file) => file.name === name));
  return join(folder, drawingOf(figure));
}

/** @param belongs whether an earlier file is replaced, or removed if it is not written again. */
function writeFiles(files: readonly ReportFile[], folder: string, belongs: (name: string) => boolean): void {
  replaceFiles(
    checkedDisk(nodeDisk),
    folder,
    files.map(({ name, text }) => ({ name, content: Buffer.from(text) })),
    { folders: [".", "fig"], belongs },
  );
}
