/** What the caller of a campaign decides. */
import type { Card, OnNotice } from "@caviar-hpo/core";
import { anything, array, boolean, func, optionReader, string } from "@caviar-hpo/core/read";
import type { Schedule } from "@caviar-hpo/report";
import type { CampaignProgress } from "../run/runCells.ts";
import type { CampaignEnvironment } from "../verify/environment.ts";

export type CampaignOptions = {
  /** Whether to delete the runs that are in the folder. false by default. */
  readonly fresh?: boolean;
  /** Whether to run those again that have failed. false by default: a failed run has a record like any other. */
  readonly retryFailed?: boolean;
  /**
   * How many runs happen at a time: a whole number from 1 to 256. Each run has its own thread; with 1, it runs in the caller's thread. No
   * result, record or hash depends on this number. By default the number of cores, but at most 8. It is 1 if there are no threads, that is,
   * if the sources run uncompiled or bundled into one file. It is also 1 if a strategy comes from `cards`, because code cannot be sent to a
   * thread.
   */
  readonly workers?: number;
  /**
   * Runs only a part of the cells, such as "3/16": the third of sixteen shards. The results have the runs of this shard alone. All cells by
   * default.
   */
  readonly shard?: string;
  /** Where the runs are computed, for the manifest. Left out by default. */
  readonly environment?: CampaignEnvironment;
  /** Strategies from outside, which the plan may name like the shipped ones. None by default. */
  readonly cards?: readonly Card[];
  /**
   * The folder of the plan. The campaign then loads the modules and starts the programs that the plan names, with paths from that folder.
   * By default it runs no code of a plan: it refuses a plan that names any.
   */
  readonly codeFrom?: string;
  /** Called before the first run with the schedules that strategies announce. */
  readonly onSchedules?: (schedules: readonly Schedule[]) => void;
  readonly onProgress?: (progress: CampaignProgress) => void;
  /**
   * Called once for each notice: before the first run for damaged last lines of records and for runs that cannot share the machine, and in
   * the end if runs have failed.
   */
  readonly onNotice?: OnNotice;
  /** The command that repeats the campaign, for the report. */
  readonly command: string;
  /**
   * Whether the results hold what the files in `times/` say: how long asks took, and what strategies predicted. Times differ each time the
   * campaign is run, and then so do the bytes of the report. false by default.
   */
  readonly times?: boolean;
  /** Who runs the campaign, for the report. Not stated by default. The names that a folder has already stay. */
  readonly authors?: readonly string[];
  /** The day on which the campaign begins, such as "2026-11-30", for the report. Not stated by default. The day that a folder has stays. */
  readonly day?: string;
};

export const readCampaignOptions: (given: CampaignOptions) => CampaignOptions = optionReader<CampaignOptions>("runCampaign", {
  fresh: boolean,
  retryFailed: boolean,
  workers: anything,
  shard: string,
  environment: anything,
  cards: anything,
  codeFrom: string,
  onSchedules: func,
  onProgress: func,
  onNotice: func,
  command: string,
  times: boolean,
  authors: array(string, 1000),
  day: string,
});
