/** A number that runs give, and how far it can be from what other seeds would give. */

export type EstimateInterval = { readonly low: number; readonly high: number };

/** A number and its interval. The interval is null if there are fewer than two seeds. */
export type Estimate = { readonly value: number; readonly interval: EstimateInterval | null };
