export { taskNames } from "@caviar-hpo/testbed";
export { type CampaignOptions, hashOf, type Progress, runCampaign } from "./campaign.ts";
export { type Plan, type PlanNoise, type PlanStrategy, readPlan } from "./plan.ts";
