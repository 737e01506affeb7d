/** Linear forms: which terms are a constant plus a weighted sum of parameters, and systems of equalities between them. */
import type { NumberTerm, Predicate } from "./predicate.ts";

/** constant + the sum of weight times value. */
export type LinearForm = { readonly constant: number; readonly weights: ReadonlyMap<string, number> };

/** The linear form of a term, or null where it is not linear in the values. */
export function linearFormOf(term: NumberTerm): LinearForm | null {
  switch (term.kind) {
    case "number":
      return { constant: term.value, weights: new Map() };
    case "value":
      return { constant: 0, weights: new Map([[term.name, 1]]) };
    case "operation": {
      const left = linearFormOf(term.left);
      const right = linearFormOf(term.right);
      if (left === null || right === null) return null;
      if (term.operator === "+") return add(left, right, 1);
      if (term.operator === "-") return add(left, right, -1);
      if (term.operator === "*" && left.weights.size === 0) return scale(right, left.constant);
      if (term.operator === "*" && right.weights.size === 0) return scale(left, right.constant);
      if (term.operator === "/" && right.weights.size === 0 && right.constant !== 0) return scale(left, 1 / right.constant);
      return null;
    }
    default:
      return null;
  }
}

/** The form that an equality sets to 0, or null for any other predicate. */
export function linearEquality(predicate: Predicate): LinearForm | null {
  if (predicate.kind !== "compare" || predicate.comparator !== "==") return null;
  const left = linearFormOf(predicate.left);
  const right = linearFormOf(predicate.right);
  return left === null || right === null ? null : add(left, right, -1);
}

function add(one: LinearForm, other: LinearForm, factor: number): LinearForm {
  const weights = new Map(one.weights);
  for (const [name, weight] of other.weights) weights.set(name, (weights.get(name) ?? 0) + factor * weight);
  for (const [name, weight] of weights) if (weight === 0) weights.delete(name);
  return { constant: one.constant + factor * other.constant, weights };
}

function scale({ constant, weights }: LinearForm, factor: number): LinearForm {
  if (factor === 0) return { constant: 0, weights: new Map() };
  return { constant: constant * factor, weights: new Map([...weights].map(([name, weight]) => [name, weight * factor])) };
}

/** `name` = form, where the form has no solved parameter in it. */
export type Solved = { readonly name: string; readonly form: LinearForm };

/**
 * Solves forms = 0 for as many parameters as there are independent forms (Gauss and Jordan's elimination). In each form the parameter that
 * `rank` puts highest is solved for. A form that has become a constant other than 0 contradicts the others: null.
 */
export function solve(forms: readonly LinearForm[], rank: (name: string) => number): readonly Solved[] | null {
  const solved: Solved[] = [];
  for (const given of forms) {
    let form = given;
    for (const { name, form: known } of solved) form = substitute(form, name, known);
    const pivot = [...form.weights].sort(([a, u], [b, v]) => rank(b) - rank(a) || Math.abs(v) - Math.abs(u))[0];
    if (pivot === undefined) {
      if (Math.abs(form.constant) > 1e-9) return null;
      continue;
    }
    const [name, weight] = pivot;
    const rest = new Map(form.weights);
    rest.delete(name);
    const answer = scale({ constant: form.constant, weights: rest }, -1 / weight);
    solved.forEach((earlier, at) => {
      solved[at] = { name: earlier.name, form: substitute(earlier.form, name, answer) };
    });
    solved.push({ name, form: answer });
  }
  return solved;
}

function substitute(form: LinearForm, name: string, value: LinearForm): LinearForm {
  const weight = form.weights.get(name);
  if (weight === undefined) return form;
  const rest = new Map(form.weights);
  rest.delete(name);
  return cleaned(add({ constant: form.constant, weights: rest }, value, weight));
}

/** Weights that are only what rounding left of 0. */
function cleaned({ constant, weights }: LinearForm): LinearForm {
  return { constant, weights: new Map([...weights].filter(([, weight]) => Math.abs(weight) > 1e-12)) };
}
