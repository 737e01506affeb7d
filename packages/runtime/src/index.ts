export { createSession, type Registry, type Session } from "./rpc/session.ts";
export { serve } from "./rpc/stdio.ts";
