/** Writes the pages of a campaign into its folder: results.json, report.html, report.md, figures with their numbers, and tables. */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { campaignDisk, lockCampaign } from "@caviar-hpo/bench";
import { buildReport, type CampaignResults } from "@caviar-hpo/report";
import { nodeDisk, replaceFiles, type Seams, thisMachine } from "@caviar-hpo/runtime/disk";
import { drawingOf, filesOfFigure } from "./oneFigure.ts";

const pages = { json: "results.json", markdown: "report.md", html: "report.html" } as const;
const ownedName = /^(?:results\.json|report\.md|report\.html|fig\/[a-z0-9-]+\.(?:svg|csv|json)|tables\/[a-z0-9-]+\.tex)$/;

/**
 * Writes all files or none: after an error, an earlier report is as it was.
 *
 * @param figure if given, only the files of the figure with this name are written.
 * @returns the path of the page, or of the figure's drawing.
 * @throws ConfigError for a figure that the report does not have.
 * @throws StateError "locked" if another process works in the folder. JournalError "diskFailed" for errors of the disk.
 */
export function writeReport(results: CampaignResults, folder: string, figure?: string): Promise<string> {
  return writeReportOn({ disk: nodeDisk, machine: thisMachine() }, results, folder, figure);
}

/** As `writeReport`, on another disk or machine. */
export async function writeReportOn(
  { disk: given, machine }: Seams,
  results: CampaignResults,
  folder: string,
  figure?: string,
): Promise<string> {
  const { files, ...texts } = buildReport(results);
  const all = [...files, ...Object.entries(pages).map(([form, name]) => ({ name, text: texts[form as keyof typeof pages] }))];
  const written = figure === undefined ? all : filesOfFigure(files, figure);
  const names = new Set(written.map(({ name }) => name));
  const disk = campaignDisk(given);
  const lock = await lockCampaign(disk, folder, machine);
  try {
    replaceFiles(
      disk,
      folder,
      written.map(({ name, text }) => ({ name, content: Buffer.from(text) })),
      { folders: [".", "fig", "tables"], belongs: (name) => (figure === undefined ? ownedName.test(name) : names.has(name)) },
    );
  } finally {
    lock.release();
  }
  return join(folder, figure === undefined ? pages.html : drawingOf(figure));
}
