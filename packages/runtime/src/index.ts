export type { Registry } from "./rpc/registry.ts";
export { createSession, type Session, type SessionListeners } from "./rpc/session.ts";
export { serve } from "./rpc/stdio.ts";
export { systemClock } from "./systemClock.ts";
