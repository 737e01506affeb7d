export type { DurableStudy, OpenStudyOptions } from "./log/openStudy.ts";
export { openStudy } from "./log/openStudy.ts";
export { readStudy, type StoredStudy } from "./log/readStudy.ts";
export { type RepairReport, repairStudy } from "./log/repairStudy.ts";
export { type Listening, type ListenOptions, listen } from "./rpc/listen.ts";
export type { Registry } from "./rpc/registry.ts";
export { createSession, type Session, type SessionOptions } from "./rpc/session.ts";
export { serve } from "./rpc/stdio.ts";
export { systemClock } from "./systemClock.ts";
