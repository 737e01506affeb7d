/** What a command reports: one JSON object a line. */
import { CaviarError, type Json, ProtocolError } from "@caviar-hpo/core";
import { array, boolean, finite, number, object, oneOf, string, typed, union } from "@caviar-hpo/core/read";
import { cut, show } from "@caviar-hpo/core/text";
import { parseWire } from "@caviar-hpo/core/wire";
import type { Result } from "@caviar-hpo/tune";

export type CommandReport =
  /** Without a fidelity: at the end of the job. */
  | { readonly kind: "measured"; readonly result: Result; readonly fidelity: number | null }
  | { readonly kind: "infeasible" }
  | { readonly kind: "failed"; readonly error: string }
  | { readonly kind: "preempted" };

const numbers = array(number, 4096);
const variance = union("a number or a list of numbers", typed("number", number), typed("object", numbers));
const measured = { constraints: numbers, variance, costSeconds: number, fidelity: finite };
const decoders = {
  value: object({ value: number }, measured),
  values: object({ values: numbers }, measured),
  infeasible: object({ infeasible: boolean }),
  error: object({ error: string }),
  preempted: object({ preempted: oneOf(true) }),
};

/**
 * The report in a line. null for another line, because programs print other things, too.
 *
 * @throws ProtocolError for a JSON object that has one of the keys `value`, `values`, `infeasible`, `error` and `preempted`, and is wrong.
 */
export function reportIn(line: string): CommandReport | null {
  const said = objectIn(line);
  if (said === null) return null;
  const key = (Object.keys(decoders) as (keyof typeof decoders)[]).find((one) => Object.hasOwn(said, one));
  if (key === undefined) return null;
  if (key === "error") return { kind: "failed", error: decoders.error(said, "report").error };
  if (key === "preempted") return decoders.preempted(said, "report") && { kind: "preempted" };
  if (key === "infeasible" && decoders.infeasible(said, "report").infeasible) return { kind: "infeasible" };
  if (key === "infeasible") return noReport(line);
  const { fidelity = null, ...result } = decoders[key](said, "report");
  return { kind: "measured", result: result as Result, fidelity };
}

/** The report in a line of a descriptor that has nothing but reports. @throws ProtocolError for any other line. */
export function mustReport(line: string): CommandReport {
  return reportIn(line) ?? noReport(line);
}

function objectIn(line: string): { readonly [key: string]: Json } | null {
  if (!line.trimStart().startsWith("{")) return null;
  try {
    const value = parseWire(withNumbers(line.trim()));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : null;
  } catch (error) {
    if (error instanceof CaviarError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Python writes NaN and Infinity as they are, outside of strings. */
function withNumbers(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (text) => (text.startsWith('"') ? text : `{"$num":"${text}"}`));
}

function noReport(line: string): never {
  throw new ProtocolError({
    code: "badReport",
    what: "report of the command",
    expected: 'a JSON object such as {"value": 0.5}',
    got: show(cut(line, 60)),
    remedy: "Print one JSON object a line, with value or values, and fidelity for a measurement before the end.",
  });
}
