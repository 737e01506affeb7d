/** Answers as JSON-RPC 2.0 writes them (jsonrpc.org/specification, sections 5 and 5.1). */
import { CaviarError, type Json } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";

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

/** @throws LimitError where the text would be longer than a message may be. */
export function success(id: Id, result: Json): string {
  return stringifyWire({ jsonrpc: "2.0", id, result });
}

/** Every error carries `data` {code, expected, got, remedy}. `code` is for errors whose class does not tell their place. */
export function failure(id: Id, error: unknown, code: number = codeOf(error)): string {
  const { message, data } = describe(error);
  return stringifyWire({ jsonrpc: "2.0", id, error: { code, message, data } });
}

function codeOf(error: unknown): number {
  if (!(error instanceof CaviarError)) return rpcCode.internal;
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

function describe(error: unknown): { readonly message: string; readonly data: Json } {
  if (error instanceof CaviarError) {
    const { message, code, expected, got, remedy } = error;
    return { message, data: { code, expected, got, remedy } };
  }
  const got = error instanceof Error ? error.message : String(error);
  const remedy = "Report this error. You may restore the study from its last snapshot.";
  return { message: "internal error", data: { code: "internal", expected: "no error", got, remedy } };
}
