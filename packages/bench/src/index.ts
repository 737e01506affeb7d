export { taskNames } from "@caviar-hpo/testbed";
export { type CampaignOptions, runCampaign } from "./campaign/campaign.ts";
export { campaignDisk, lockCampaign } from "./campaign/campaignFolder.ts";
export { type CocoRuns, cocoRuns } from "./campaign/cocoRuns.ts";
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
