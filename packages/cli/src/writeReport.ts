/** Writes the pages of a campaign into its folder: results.json, report.html, report.md, figures with their numbers, and tables. */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { campaignDisk, lockCampaign } from "@caviar-hpo/bench";
import { buildReport, type CampaignResults } from "@caviar-hpo/report";
import { nodeDisk, replaceFiles, type Seams, thisMachine } from "@caviar-hpo/runtime/disk";

const pages = { json: "results.json", markdown: "report.md", html: "report.html" } as const;
const ownedName = /^(?:results\.json|report\.md|report\.html|fig\/[a-z0-9-]+\.(?:svg|csv|json)|tables\/[a-z0-9-]+\.tex)$/;

/**
 * Writes all files or none: after an error, an earlier report is as it was.
 *
 * @returns the path of the page.
 * @throws StateError "locked" if another process works in the folder. JournalError "diskFailed" for errors of the disk.
 */
export function writeReport(results: CampaignResults, folder: string): Promise<string> {
  return writeReportOn({ disk: nodeDisk, machine: thisMachine() }, results, folder);
}

/** As `writeReport`, on another disk or machine. */
export async function writeReportOn({ disk: given, machine }: Seams, results: CampaignResults, folder: string): Promise<string> {
  const { files, ...texts } = buildReport(results);
  const written = [...files, ...Object.entries(pages).map(([form, name]) => ({ name, text: texts[form as keyof typeof pages] }))];
  const disk = campaignDisk(given);
  const lock = await lockCampaign(disk, folder, machine);
  try {
    replaceFiles(
      disk,
      folder,
      written.map(({ name, text }) => ({ name, content: Buffer.from(text) })),
      { folders: [".", "fig", "tables"], belongs: (name) => ownedName.test(name) },
    );
  } finally {
    lock.release();
  }
  return join(folder, pages.html);
}
