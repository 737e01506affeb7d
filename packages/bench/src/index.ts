export { type CampaignOptions, hashOf, type Progress, runCampaign } from "./campaign.ts";
export { canonicalJson, sha256 } from "./canonical.ts";
export { type Plan, type PlanNoise, type PlanStrategy, readPlan } from "./plan.ts";
