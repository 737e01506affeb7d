export { taskNames } from "@caviar-hpo/testbed";
export { type CampaignOptions, runCampaign } from "./campaign.ts";
export type { CellName } from "./cells.ts";
export {
  hashOf,
  type Plan,
  type PlanNoise,
  type PlanProblem,
  type PlanStrategy,
  readPlan,
} from "./plan.ts";
export type { CampaignProgress } from "./runCells.ts";
