export { taskNames } from "@caviar-hpo/testbed";
export { tableIds } from "./arena/tableProblem.ts";
export { type CampaignOptions, runCampaign } from "./campaign/campaign.ts";
export type { CellName } from "./plan/cells.ts";
export {
  hashOf,
  type Plan,
  type PlanNoise,
  type PlanProblem,
  type PlanStrategy,
  readPlan,
} from "./plan/plan.ts";
export type { CampaignProgress } from "./run/runCells.ts";
export { type FetchOptions, fetchTables } from "./tables/fetchTables.ts";
export { type TableStatus, tableStatus } from "./tables/tableStatus.ts";
