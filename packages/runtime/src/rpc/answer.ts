/** Answers as JSON-RPC 2.0 writes them (jsonrpc.org/specification, sections 5 and 5.1). Each fits in the room that its line has for it. */
import { type CaviarError, type Json, LimitError, limits } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import { faultOf, isCaviarError } from "./fault.ts";

export type Id = string | number | null;

/** Codes of the specification; `refused` is Caviar's own, for requests that make sense but not now. */
export const rpcCode = {
  parse: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
  refused: -32000,
} as const;

/** @throws LimitError "tooLong" for more than `room` UTF-16 units; ProtocolError for a result that is not JSON. */
export function success(id: Id, result: Json, room: number): string {
  return stringifyWire({ jsonrpc: "2.0", id, result }, room);
}

/** UTF-16 units of an answer around its result. */
export function envelopeLength(id: Id): number {
  return success(id, null, Infinity).length - "null".length;
}

/**
 * Every error carries `data` {code, expected, got, remedy}. An error for which there is no room becomes `answerTooLong`, which always fits
 * in `refusalLength`.
 *
 * @param code for errors whose class does not tell their place.
 */
export function failure(id: Id, error: unknown, room: number = limits.lineBytes, code: number = codeOf(error)): string {
  const answer = write(id, error, code);
  return answer.length <= room ? answer : write(id, answerTooLong(), rpcCode.refused);
}

/** What an answer says in place of the one that would make its line too long. */
export function answerTooLong(): CaviarError {
  return new LimitError({
    code: "answerTooLong",
    what: "answer",
    expected: `lines of at most ${limits.lineBytes} characters`,
    got: "an answer that does not fit",
    remedy: "The request had no effect. Ask for less at once, or send it outside a batch.",
  });
}

function write(id: Id, error: unknown, code: number): string {
  const { what, ...data } = faultOf(error);
  const { expected, got, remedy } = data;
  const message = isCaviarError(error) ? `${what}: expected ${expected}, got ${got}. ${remedy}` : what;
  return stringifyWire({ jsonrpc: "2.0", id, error: { code, message, data } });
}

function codeOf(error: unknown): number {
  if (!isCaviarError(error)) return rpcCode.internal;
  switch (error.code) {
    case "invalidRequest":
      return rpcCode.invalidRequest;
    case "unknownMethod":
      return rpcCode.unknownMethod;
    case "brokenContract": // The strategy's fault, not the client's.
      return rpcCode.internal;
    default:
      return ["SpaceError", "ConfigError", "ProtocolError"].includes(error.name) ? rpcCode.invalidParams : rpcCode.refused;
  }
}
