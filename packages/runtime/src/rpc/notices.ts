/** The notice of a session. */
import { CaviarError, type Notice } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";

/** JSON-RPC forbids an answer to a notification, so its sender cannot learn that it was refused. A session gives this notice once. */
export function refusedNotification(method: string, error: unknown): Notice {
  const why =
    error instanceof CaviarError ? `${error.what}: expected ${error.expected}, got ${error.got}` : `internal error, ${String(error)}`;
  return {
    code: "refusedNotification",
    what: "notification",
    message: `${show(method)} came without an id and was refused (${why}). Later refusals are not shown`,
    remedy: "Send requests with an id, so that their answers carry the error.",
  };
}
