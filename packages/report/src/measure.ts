/** What the pages call the number that they compare: “regret”, or the name of the value if the minimum is unknown. */
import type { CampaignResults, ProblemFacts } from "./results.ts";

export function measureOf({ measure = "regret" }: ProblemFacts): string {
  return measure;
}

/** Of all problems of a campaign at once: "regret", "test error", or "regret or test error". */
export function measureIn({ problems }: CampaignResults): string {
  return [...new Set(problems.map(measureOf))].join(" or ");
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What the budget counts. */
export function budgetUnit({ resource }: CampaignResults): "evaluations" | "full trainings" {
  return resource === undefined ? "evaluations" : "full trainings";
}

/** Whether runs are judged by what the strategy recommends: if training is counted, or if the strategies were told noisy values. */
export function judgedByRecommendation({ resource, runs }: CampaignResults): boolean {
  return resource !== undefined || runs.some(({ recommended }) => recommended !== undefined);
}
