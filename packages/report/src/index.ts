/**
 * From the results of a campaign to pages, tables and figures. Strings in, strings out: nothing here touches a disk, a clock or a network.
 */
export { buildReport, type CampaignReport, type ReportFile } from "./buildReport.ts";
export { type BracketPanel, type BracketPicture, bracketsSvg } from "./figures/brackets.ts";
export { type LinePanel, type LinePicture, linePanelsSvg, type PanelAxis, type PanelLine } from "./figures/linePanels.ts";
export { type PosteriorPanel, type PosteriorPicture, posteriorSvg } from "./figures/posterior.ts";
export { type SpeedUpLine, type SpeedUpPicture, speedUpSvg } from "./figures/speedUp.ts";
export { type WarpPanel, type WarpPicture, warpsSvg } from "./figures/warps.ts";
export { type Ablation, ablation } from "./importance/ablation.ts";
export { type Importance, type ImportanceOptions, importance, type Share } from "./importance/importance.ts";
export { type ImportanceTables, importanceTables } from "./importance/importanceTables.ts";
export { type Marginal, marginals } from "./importance/marginals.ts";
export type { Observation } from "./importance/sample.ts";
export { type RankingTable, rankingTable } from "./rankingTable.ts";
export type { CampaignResults, ProblemFacts, ResourceBudget, RunResult, RunTraining, Schedule, StrategyCard } from "./results.ts";
