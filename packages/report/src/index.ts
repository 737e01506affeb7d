/**
 * From the results of a campaign to pages, tables and figures, and from the trials of a study to a table. Strings in, strings out: nothing
 * here uses a disk, a clock or a network.
 */
export { buildReport, type CampaignReport, type ReportFile } from "./buildReport.ts";
export { type RankingTable, rankingTable } from "./rankingTable.ts";
export type {
  Anchor,
  CampaignMachine,
  CampaignOrigin,
  CampaignResults,
  ProblemFacts,
  ResourceBudget,
  RunCosts,
  RunFailure,
  RunPrediction,
  RunResult,
  RunTraining,
  Schedule,
  StrategyCard,
} from "./results.ts";
export { type SeedPlan, seedsNeeded } from "./statistics/seedsNeeded.ts";
export { type TrialTables, trialTables } from "./trialTables.ts";
