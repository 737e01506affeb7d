/** The files of a figure: the drawing, and its numbers as CSV and JSON. */
import type { ReportFile } from "../buildReport.ts";
import { csv, type DataCell } from "../render/csv.ts";
import { dataJson } from "../render/dataJson.ts";
import { standaloneSvg } from "../svg/document.ts";
import type { Figure } from "./figure.ts";

/** The data have eight significant digits. */
export function figureFiles(figure: Figure): readonly ReportFile[] {
  const table = { ...figure.table, rows: figure.table.rows.map((row) => row.map(rounded)) };
  return [
    { name: `fig/${figure.name}.svg`, text: standaloneSvg(figure.drawing) },
    { name: `fig/${figure.name}.csv`, text: csv(table) },
    { name: `fig/${figure.name}.json`, text: dataJson(table) },
  ];
}

function rounded(cell: DataCell): DataCell {
  return typeof cell === "number" && Number.isFinite(cell) ? Number(cell.toPrecision(8)) : cell;
}
