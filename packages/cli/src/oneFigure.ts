/** The files of one figure of a report, for `caviar report FOLDER --figure NAME`. */
import { show, similar } from "@caviar-hpo/core/text";
import type { ReportFile } from "@caviar-hpo/report";
import { refuse } from "./commands/command.ts";

/**
 * The drawing, and its numbers as CSV and JSON.
 *
 * @throws ConfigError for a name that the report does not have.
 */
export function filesOfFigure(files: readonly ReportFile[], figure: string): readonly ReportFile[] {
  const found = files.filter(({ name }) => figureNameOf(name) === figure);
  if (found.some(({ name }) => isDrawing(name))) return found;
  const names = files.filter(({ name }) => isDrawing(name)).map(({ name }) => figureNameOf(name));
  const meant = similar(figure, names);
  const remedy = meant === undefined ? "Take a name of the list." : `Did you mean ${meant}?`;
  return refuse("option --figure", `one of ${names.join(", ")}`, show(figure), remedy);
}

/** The path of the drawing in the folder of the report. */
export function drawingOf(figure: string): string {
  return `fig/${figure}.svg`;
}

function figureNameOf(file: string): string {
  return file.replace(/^fig\//, "").replace(/\.[a-z]+$/, "");
}

function isDrawing(file: string): boolean {
  return file.endsWith(".svg");
}
