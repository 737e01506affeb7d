/** The notice of a session. */
import type { Notice } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { faultOf } from "./fault.ts";

/** JSON-RPC forbids an answer to a notification, so its sender cannot learn that it was refused. A session gives this notice once. */
export function refusedNotification(method: string, error: unknown): Notice {
  const { what, expected, got } = faultOf(error);
  return {
    code: "refusedNotification",
    what: "notification",
    message: `${show(method)} came without an id and was refused (${what}: expected ${expected}, got ${got}). Later refusals are not shown`,
    remedy: "Send requests with an id, so that their answers carry the error.",
  };
}
