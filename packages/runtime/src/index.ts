export type { Registry, StrategyChoice } from "./rpc/registry.ts";
export { createSession, type Session } from "./rpc/session.ts";
export { serve } from "./rpc/stdio.ts";
export { systemClock } from "./systemClock.ts";
