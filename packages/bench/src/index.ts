export { taskNames } from "@caviar-hpo/testbed";
export { tableIds } from "./arena/tableProblem.ts";
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
export { type FetchOptions, fetchTables } from "./tables/fetchTables.ts";
export { type TableStatus, tableStatus } from "./tables/tableStatus.ts";
export { type ArchiveReport, archiveCampaign } from "./verify/archiveCampaign.ts";
export type { CampaignFault } from "./verify/checkRuns.ts";
export { type CampaignEnvironment, environmentOf } from "./verify/environment.ts";
export { type MergeReport, mergeCampaigns } from "./verify/mergeCampaigns.ts";
export { type CampaignVerification, type VerifyCampaignOptions, verifyCampaign } from "./verify/verifyCampaign.ts";
