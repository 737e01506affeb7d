/** What the runs of each strategy spent together, on four axes. */
import type { CampaignResults, RunCosts } from "../results.ts";

export type LedgerEntry = { readonly label: string; readonly sum: RunCosts };

/** One entry per strategy whose runs say what they spent. Records of format 1 do not. */
export function ledger({ strategies, runs }: CampaignResults): readonly LedgerEntry[] {
  const sums = new Map<string, RunCosts>();
  for (const { strategy, spent } of runs) if (spent !== undefined) sums.set(strategy, added(sums.get(strategy), spent));
  return strategies.flatMap(({ label }) => {
    const sum = sums.get(label);
    return sum === undefined ? [] : [{ label, sum }];
  });
}

function added(sum: RunCosts | undefined, spent: RunCosts): RunCosts {
  if (sum === undefined) return spent;
  return {
    evaluations: sum.evaluations + spent.evaluations,
    resource: sum.resource + spent.resource,
    scratch: sum.scratch + spent.scratch,
    time: sum.time + spent.time,
  };
}
