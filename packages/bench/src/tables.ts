/** Tables of real trainings on this machine: their ids, their cache, and how they are fetched. */
export { curveIds } from "./arena/curveProblem.ts";
export { tableIds } from "./arena/tableProblem.ts";
export { type FetchOptions, fetchTables } from "./tables/fetchTables.ts";
export { type TableStatus, tableStatus } from "./tables/tableStatus.ts";
