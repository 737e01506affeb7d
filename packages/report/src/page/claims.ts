/**
 * What the papers claim about the strategies in a campaign, next to the campaign's own numbers. Each claim has its context, because a
 * factor means nothing without the task, the competitor and the moment of the comparison. The claims come from abstracts or from the
 * authors' own pages.
 */
import type { CampaignResults } from "../results.ts";

export type PublishedClaim = { readonly strategy: string; readonly claim: string; readonly context: string; readonly source: string };

/** The claims about the strategies that take part, by registered name. */
export function publishedClaims({ strategies }: CampaignResults): readonly PublishedClaim[] {
  return claims.filter((claim) => strategies.some(({ name }) => name === claim.strategy));
}

const claims: readonly PublishedClaim[] = [
  {
    strategy: "hyperband",
    claim: "“over an order-of-magnitude speedup over our competitor set”",
    context: "“on a variety of deep-learning and kernel-based learning problems”; from the abstract",
    source: "Li et al., JMLR 18(185), 2018",
  },
  {
    strategy: "asha",
    claim: "about half the time of Vizier to a good configuration",
    context: "an LSTM on the Penn Treebank with 500 workers: parallel wall-clock time, not resource",
    source: "Li et al., MLSys 2020",
  },
  {
    strategy: "bohb",
    claim: "20 times faster than Bayesian optimisation “in the beginning”",
    context: "six hyperparameters of a neural network; from the authors’ own summary",
    source: "Falkner et al., ICML 2018",
  },
  {
    strategy: "dehb",
    claim: "up to 1000 times faster than random search, up to 32 times than BOHB",
    context: "hyperparameter optimisation problems; on toy functions up to 33,440 and 149 times",
    source: "Awad et al., IJCAI 2021",
  },
  {
    strategy: "pasha",
    claim: "about 3 times faster than ASHA, up to 15 times on larger data",
    context: "NAS-Bench-201; from the documentation of Syne Tune",
    source: "Bohdal et al., ICLR 2023",
  },
];
