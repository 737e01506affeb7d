/** Requests as JSON-RPC 2.0 defines them (jsonrpc.org/specification, section 4), read strictly. */
import { type Json, ProtocolError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { Id } from "./answer.ts";
import { idLength } from "./limits.ts";

/** `id` is undefined for notifications, which get no answer. */
export type Request = { readonly id: Id | undefined; readonly method: string; readonly params: Json };

/** @throws ProtocolError "invalidRequest". */
export function readRequest(message: Json): Request {
  if (!isObject(message)) return invalidRequest("an object", show(message));
  const { jsonrpc, id, method, params = {}, ...rest } = message;
  if (jsonrpc !== "2.0") invalidRequest('jsonrpc "2.0"', show(jsonrpc));
  if (typeof method !== "string") return invalidRequest("a method's name", show(method));
  if (id !== undefined && !isId(id))
    return invalidRequest(
      `an id that is null, a number up to 2^53, or a string of at most ${idLength} characters`,
      typeof message.id === "string" ? `one of ${message.id.length} characters` : show(id),
    );
  if (typeof params !== "object" || params === null) invalidRequest("params that are an object", show(params));
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) invalidRequest("only jsonrpc, id, method and params", show(extra));
  return { id, method, params };
}

/** The id that an answer to a message, sound or not, is to carry; null where none can be found. */
export function idOf(message: Json): Id {
  return isObject(message) && message.id !== undefined && isId(message.id) ? message.id : null;
}

/** @throws ProtocolError "invalidRequest", always. */
export function invalidRequest(expected: string, got: string): never {
  throw new ProtocolError({ code: "invalidRequest", what: "request", expected, got, remedy: "Send a JSON-RPC 2.0 request." });
}

function isObject(message: Json): message is { readonly [key: string]: Json } {
  return typeof message === "object" && message !== null && !Array.isArray(message);
}

/** Other ids could not be matched: a number beyond 2^53 may have been rounded, and -0 would travel as an object. */
function isId(id: Json): id is Id {
  if (typeof id === "number") return Math.abs(id) <= Number.MAX_SAFE_INTEGER && !Object.is(id, -0);
  return id === null || (typeof id === "string" && id.length <= idLength);
}
