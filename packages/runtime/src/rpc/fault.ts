/** What an answer or a notice says about an error: the parts of any thrown value, each of bounded length. */
import { CaviarError, type Fault } from "@caviar-hpo/core";
import { cut, thrownText } from "@caviar-hpo/core/text";
import { errorPartLength } from "./limits.ts";

export function faultOf(error: unknown): Fault {
  const { code, what, expected, got, remedy } = isCaviarError(error) ? error : internal(error);
  return { code: short(code), what: short(what), expected: short(expected), got: short(got), remedy: short(remedy) };
}

/** Strategies from outside may throw anything, also a proxy that throws when it is looked at. */
export function isCaviarError(error: unknown): error is CaviarError {
  try {
    return error instanceof CaviarError;
  } catch {
    return false;
  }
}

function internal(error: unknown): Fault {
  const remedy = "Report this error. You may restore the study from its last snapshot.";
  return { code: "internal", what: "internal error", expected: "no error", got: thrownText(error), remedy };
}

function short(part: string): string {
  return cut(String(part), errorPartLength);
}
