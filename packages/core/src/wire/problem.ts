/**
 * The wire form of a problem. The space is a list of `{ name, kind, … }`, because an object would reorder names that look like numbers. The
 * constraints between parameters are `where`, which is absent if there are none. The rest is as in the problem. A reader may leave out the
 * usual values: scale "linear", ordered false, one objective "value" to minimize, no constraints, no fidelity, not resumable. A fidelity is
 * whole if its bounds are.
 */
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import type { Fidelity, Objective, Problem } from "../contract/problem.ts";
import {
  array,
  boolean,
  type Decoded,
  type Decoder,
  finite,
  json,
  map,
  name,
  nullable,
  number,
  object,
  oneOf,
  reject,
  scalar,
  tagged,
} from "../read/decode.ts";
import { below, type Path } from "../read/path.ts";
import type { Beliefs } from "../space/belief/belief.ts";
import { believe } from "../space/belief/believe.ts";
import { choice, given, int, type Param, type Plain, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { constrain } from "../space/where/constrain.ts";
import type { ParameterConstraint } from "../space/where/constraint.ts";

/**
 * The wire form with all values and with keys in one order, so equal problems have equal texts.
 *
 * @throws what `decodeProblem` throws, because a problem that could not be read again is not written.
 */
export function encodeProblem(problem: Problem): Json {
  return wireForm(decodeProblem(wireForm(problem)));
}

/**
 * The problem of a wire form.
 *
 * @throws ProtocolError or LimitError with the path. SpaceError, by `createSpace`, for a space that is not possible.
 */
export function decodeProblem(value: unknown, path: Path = "problem"): Problem {
  const wire = fields(value, path);
  const constrained = constrain(createSpace(wire.space), (wire.where ?? []) as readonly ParameterConstraint[]);
  return {
    space: wire.beliefs === undefined ? constrained : believe(constrained, wire.beliefs as Beliefs),
    objectives: wire.objectives ?? [{ name: "value", goal: "minimize" }],
    constraints: wire.constraints ?? [],
    fidelity: wire.fidelity ?? null,
    resumable: wire.resumable ?? false,
  };
}

function wireForm(problem: Problem): { readonly [key: string]: Json } {
  const { params, where, beliefs } = problem.space;
  const space = params.map(([name, param]) => ({ name, ...param }));
  return { ...problem, space, ...(where.length > 0 && { where }), ...(beliefs !== undefined && { beliefs: beliefs as Json }) };
}

const bare = kinds({});
const plain: Decoder<Plain> = map(tagged(bare), complete);
const namedParam: Decoder<readonly [string, Param]> = map(
  tagged({
    ...kinds({ name }),
    given: object({ name, kind: oneOf("given"), parent: name, values: array(scalar, limits.options, 1), param: plain }),
  }),
  (wire) => [wire.name, wire.kind === "given" ? given(wire.parent, wire.values, wire.param) : complete(wire)] as const,
);

/** Bounds and steps may be any number here: `createSpace` judges them. */
function kinds<F extends { readonly [name: string]: Decoder<unknown> }>(first: F) {
  return {
    real: object(
      { ...first, kind: oneOf("real"), low: number, high: number },
      { scale: oneOf("linear", "log", "mirroredLog", "oneMinusLog"), step: number },
    ),
    int: object({ ...first, kind: oneOf("int"), low: number, high: number }, { scale: oneOf("linear", "log"), step: number }),
    choice: object({ ...first, kind: oneOf("choice"), options: array(scalar, limits.options, 1) }, { ordered: boolean }),
  };
}

function complete(wire: Decoded<(typeof bare)[keyof typeof bare]>): Plain {
  switch (wire.kind) {
    case "real":
      return real(wire.low, wire.high, scaleAndStep(wire));
    case "int":
      return int(wire.low, wire.high, scaleAndStep(wire));
    case "choice":
      return choice(wire.options, { ordered: wire.ordered ?? false });
  }
}

function scaleAndStep<S>({ scale, step }: { readonly scale?: S; readonly step?: number }) {
  return { ...(scale === undefined ? {} : { scale }), ...(step === undefined ? {} : { step }) };
}

const objectives: Decoder<readonly Objective[]> = map(
  array(object({ name, goal: oneOf("minimize", "maximize") }), limits.objectives, 1),
  (list, path) => {
    checkDistinct(
      list.map((objective) => objective.name),
      (index) => below(below(path, index), "name"),
    );
    return list;
  },
);

const constraints: Decoder<readonly string[]> = map(array(name, limits.constraints), (list, path) => {
  checkDistinct(list, (index) => below(path, index));
  return list;
});

function checkDistinct(names: readonly string[], pathTo: (index: number) => Path): void {
  const seen = new Set<string>();
  names.forEach((text, index) => {
    if (seen.has(text)) reject(pathTo(index), "each name once", text, "Rename one of the two.");
    seen.add(text);
  });
}

const range = object({ unit: name, min: finite, max: finite }, { whole: boolean });

const fidelity: Decoder<Fidelity> = map(range, ({ unit, min, max, whole = Number.isInteger(min) && Number.isInteger(max) }, path) => {
  const wire = { unit, min, max, whole };
  if (wire.min <= 0) reject(below(path, "min"), "a number above 0", wire.min);
  if (wire.max < wire.min) reject(below(path, "max"), `at least min, which is ${wire.min}`, wire.max);
  for (const bound of ["min", "max"] as const)
    if (wire.whole && !Number.isSafeInteger(wire[bound]))
      reject(below(path, bound), "a whole number below 2^53, since the fidelity is whole", wire[bound]);
  return wire;
});

const fields = object(
  { space: array(namedParam, limits.params) },
  { where: array(json, limits.constraints), beliefs: json, objectives, constraints, fidelity: nullable(fidelity), resumable: boolean },
);
