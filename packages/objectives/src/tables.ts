/** Tables of real trainings: what is known of them, how their files are read, and tables as functions. They are read from bytes. */
export type { Table, TableAxes } from "./tabular/table.ts";
export { decodeTable, encodeTable } from "./tabular/tableBytes.ts";
export { type TableFunction, tableFunction } from "./tabular/tableFunction.ts";
export { tableOfPickle } from "./tabular/tableOfPickle.ts";
export { type TableFacts, tableFacts, tableNames, tablesPackage } from "./tabular/tables.ts";
