/** What an objective reports, read into what the study of @caviar-hpo/core is told. */
import { type Evaluated, ProtocolError, type Told } from "@caviar-hpo/core";
import { picker } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";

/** What an objective reports: one value, or everything it measured. */
export type Result =
  | number
  | { readonly value: number; readonly constraints?: readonly number[]; readonly variance?: number; readonly costSeconds?: number }
  | {
      readonly values: readonly number[];
      readonly constraints?: readonly number[];
      readonly variance?: readonly number[];
      readonly costSeconds?: number;
    };

type GivenResult = {
  readonly value?: number;
  readonly values?: readonly number[];
  readonly constraints?: readonly number[];
  readonly variance?: number | readonly number[];
  readonly costSeconds?: number;
  readonly infeasible?: boolean;
};

export function evaluatedOf(result: Result | { readonly infeasible: true }): Evaluated {
  if (typeof result === "number") return { values: [result] };
  const read = readResult(result);
  return read.infeasible === true ? { infeasible: true } : toldIn(read);
}

export function toldOf(result: Result): Told {
  return typeof result === "number" ? { values: [result] } : toldIn(readResult(result));
}

/** The study judges the numbers. */
function toldIn({ value, values, constraints, variance, costSeconds }: GivenResult): Told {
  if (value === undefined && !Array.isArray(values)) {
    return refuseResult(values === undefined ? "neither" : `values: ${show(values)}`);
  }
  if (value !== undefined && values !== undefined) return refuseResult("both");
  return {
    values: value === undefined ? values! : [value],
    constraints,
    variance: typeof variance === "number" ? [variance] : variance,
    ...(costSeconds === undefined ? {} : { costSeconds }),
  } as Told;
}

const pickResult = picker(
  ({ value, values, constraints, variance, costSeconds, infeasible }: GivenResult) =>
    ({ value, values, constraints, variance, costSeconds, infeasible }) as GivenResult,
);

/** @throws ProtocolError for a misspelt key, which would be left out silently, and for what is no result at all. */
function readResult(result: unknown): GivenResult {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return refuseResult(show(result));
  return pickResult(result as GivenResult, "result of the objective");
}

function refuseResult(got: string): never {
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of the objective",
    expected: "a number, { value } or { values }",
    got,
    remedy: "Return what is to be minimised or maximised.",
  });
}
