/** Tables of real trainings: what is known of them, how their files are read, and tables as functions. They are read from bytes. */
export { curveTableFunction } from "./tabular/curveTableFunction.ts";
export { type CurveTableFacts, curvesPackage, curveTableFacts, curveTableNames } from "./tabular/curveTables.ts";
export { curveTablesOfCsv } from "./tabular/curveTablesOfCsv.ts";
export type { Table, TableAxes } from "./tabular/table.ts";
export { decodeTable, encodeTable } from "./tabular/tableBytes.ts";
export type { TableFacts, TablesPackage } from "./tabular/tableFacts.ts";
export { type TableFunction, tableFunction } from "./tabular/tableFunction.ts";
export { tableOfPickle } from "./tabular/tableOfPickle.ts";
export { type PickledTableFacts, tableFacts, tableNames, tablesPackage } from "./tabular/tables.ts";
