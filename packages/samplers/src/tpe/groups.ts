/**
 * Groups of parameters that are active together, which share one multivariate model (Optuna's `group=True`; here they follow from the
 * space, there from the trials). A parameter whose condition allows every option of its parent belongs to the parent's group.
 */
import { type Param, plainOf, type Space } from "@caviar-hpo/core";
import { axisOf, type DensityAxis } from "./axis.ts";

/** `params` are indices into the space, ascending, each with its axis. A parameter with one value is in no group. */
export type Group = { readonly params: readonly number[]; readonly axes: readonly DensityAxis[] };

/** Parents come before the parameters that depend on them. Without `together`, every parameter is a group of its own. */
export function groupsOf(space: Space, together: boolean): readonly Group[] {
  const conditions: string[] = [];
  const numbers = new Map(space.params.map(([name], index) => [name, index]));
  const members = new Map<string, { params: number[]; axes: DensityAxis[] }>();
  space.params.forEach(([, param], index) => {
    const condition = conditionOf(param, (parent) => {
      const number = numbers.get(parent)!;
      return { number, param: space.params[number]![1], condition: conditions[number]! };
    });
    conditions.push(condition);
    const axis = axisOf(plainOf(param));
    if (axis === null) return;
    const group = together ? condition : String(index);
    const known = members.get(group);
    if (known === undefined) members.set(group, { params: [index], axes: [axis] });
    else {
      known.params.push(index);
      known.axes.push(axis);
    }
  });
  return [...members.values()];
}

type Parent = { readonly number: number; readonly param: Param; readonly condition: string };

/** Equal for parameters that are always active together. */
function conditionOf(param: Param, parentOf: (name: string) => Parent): string {
  if (param.kind !== "given") return "";
  const parent = parentOf(param.parent);
  const plain = plainOf(parent.param);
  if (plain.kind !== "choice") return JSON.stringify([parent.number, [...new Set(param.values)]]);
  const allowed = plain.options.map((option) => param.values.includes(option));
  return allowed.includes(false) ? JSON.stringify([parent.number, allowed]) : parent.condition;
}
