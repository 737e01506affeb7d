/** Campaigns on a disk in memory, each attempt in another process. */
import type { Card, Notice } from "@caviar-hpo/core";
import type { CampaignResults } from "@caviar-hpo/report";
import type { Disk, Machine } from "@caviar-hpo/runtime/disk";
import { createStrategy, findStrategy } from "@caviar-hpo/tune";
import { runCampaignOn } from "../src/campaign/campaign.ts";
import type { CampaignOptions } from "../src/campaign/campaignOptions.ts";
import type { Plan } from "../src/plan/plan.ts";

export const folder = "/campaign";

/** A machine on which every process but this one has ended, as after `kill -9`. */
export function machineOf(pid: number): Machine {
  return {
    self: { pid, started: "0", host: "here", bootId: null, pidNamespace: null },
    nowMs: () => 0,
    processOf: (other) => ({ running: other === pid, started: "0" }),
  };
}

let processes = 1;

export type Attempt = { readonly results: CampaignResults; readonly notices: readonly string[] };

/** Runs the campaign, or continues it, in another process. Every line of a record is written at once. */
export async function attempt(disk: Disk, plan: Plan, options: Partial<CampaignOptions> = {}): Promise<Attempt> {
  const notices: string[] = [];
  let ms = 0;
  const seams = { disk, machine: machineOf(processes++), clockMs: () => (ms += 1e6) };
  const onNotice = ({ code }: Notice): void => void notices.push(code);
  const results = await runCampaignOn(seams, plan, folder, { command: "none", workers: 1, onNotice, ...options });
  return { results, notices };
}

/**
 * Random search that calls `onAsk` with the number of the trial at each ask.
 *
 * @param name not that of a shipped strategy.
 */
export function watchedRandom(name: string, onAsk: (trial: number) => void): Card {
  const random = createStrategy("random");
  return {
    ...findStrategy("random"),
    name,
    create: () => ({
      ...random,
      name,
      ask: (state, context, want, nextTrial) => {
        onAsk(nextTrial);
        return random.ask(state, context, want, nextTrial);
      },
    }),
  };
}
