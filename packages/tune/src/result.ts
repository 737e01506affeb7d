/** What an objective reports, read into what the study of @caviar-hpo/core is told. */
import { ProtocolError, type Told } from "@caviar-hpo/core";
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

/**
 * What a result says. The study judges the numbers.
 *
 * @throws ProtocolError for a misspelt key, which would be left out silently, and for what is no result at all.
 */
export function toldBy(result: Result | { readonly infeasible: true }): Told & { readonly infeasible?: true } {
  if (typeof result === "number") return { values: [result] };
  if (typeof result !== "object" || result === null || Array.isArray(result)) return refuse(show(result));
  const { value, values, constraints, variance, costSeconds, infeasible } = pickResult(result, "result of the objective");
  if (infeasible === true) return { infeasible } as never;
  if (value === undefined && !Array.isArray(values)) return refuse(values === undefined ? "neither" : `values: ${show(values)}`);
  if (value !== undefined && values !== undefined) return refuse("both");
  return {
    values: value === undefined ? values : [value],
    constraints,
    variance: typeof variance === "number" ? [variance] : variance,
    ...(costSeconds === undefined ? {} : { costSeconds }),
  } as Told;
}

const pickResult = picker(
  ({ value, values, constraints, variance, costSeconds, infeasible }: GivenResult) =>
    ({ value, values, constraints, variance, costSeconds, infeasible }) as GivenResult,
);

function refuse(got: string): never {
  throw new ProtocolError({
    code: "badMeasurement",
    what: "result of the objective",
    expected: "a number, { value } or { values }",
    got,
    remedy: "Return what is to be minimised or maximised.",
  });
}
