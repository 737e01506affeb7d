import type { Json } from "./json.ts";
import type { Sampler } from "./sampler.ts";
import type { Scheduler, Slot } from "./scheduler.ts";
import type { Strategy } from "./strategy.ts";

/** `pending` is a slot that the scheduler handed out while the sampler had to wait. */
export type Composed<A extends Json, B extends Json> = { scheduler: A; sampler: B; pending: Slot | null; exhausted: boolean };

export function compose<A extends Json, B extends Json>(_scheduler: Scheduler<A>, _sampler: Sampler<B>): Strategy<Composed<A, B>> {
  throw new Error("pending");
}
