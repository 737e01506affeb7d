/** Arbitraries of spaces with constraints between their parameters, each with a plain function that says whether it holds. */
import fc from "fast-check";
import type { Config, Space } from "../../space/param.ts";
import { constrain } from "../../space/where/constrain.ts";
import type { DrawnConstraint } from "./drawnConstraint.ts";
import { forms } from "./forms.ts";
import { all, type Fulfilment } from "./fulfilment.ts";
import { type WitnessedSpace, witnessedSpaces } from "./witnessed.ts";

/** `witness` fulfils the constraints. */
export type ConstrainedSpace = { readonly space: Space; readonly witness: Config; readonly drawn: readonly DrawnConstraint[] };

/** A space with one to three constraints of all forms. */
export function constrainedSpaces({ conditional }: { readonly conditional: boolean }): fc.Arbitrary<ConstrainedSpace> {
  return witnessedSpaces(conditional)
    .chain((given) => fc.tuple(fc.constant(given), fc.array(fc.oneof(...forms.map((form) => form(given))), { minLength: 1, maxLength: 3 })))
    .map(([given, drawn]) => constrainedSpace(given, drawn));
}

export function verdictOn({ drawn }: Pick<ConstrainedSpace, "drawn">, config: Config): Fulfilment {
  return all(drawn.map(({ verdict }) => verdict(config)));
}

/** Several equalities may compute one parameter twice: of those that are not linear, one is kept, and only without linear ones. */
function constrainedSpace({ space, witness }: WitnessedSpace, given: readonly (DrawnConstraint | null)[]): ConstrainedSpace {
  const all = given.filter((one) => one !== null);
  const linear = all.some(({ equality }) => equality === "linear");
  const other = all.find(({ equality }) => equality === "other");
  const drawn = all.filter((one) => one.equality !== "other" || (!linear && one === other));
  const where = drawn.map(({ constraint }) => constraint);
  return { space: constrain(space, where), witness, drawn };
}
