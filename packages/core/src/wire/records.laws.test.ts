import fc from "fast-check";
import { expect, test } from "vitest";
import { CaviarError } from "../contract/errors.ts";
import { jobId, trialId } from "../contract/ids.ts";
import type { Json } from "../contract/json.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive } from "../contract/strategy.ts";
import type { Job, Measurement } from "../contract/trial.ts";
import { decode } from "../space/codec.ts";
import { choice, given, int, type Param, type ParamValue, type Plain, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import type { Event } from "../study/events.ts";
import { leaveOut } from "../testing/play.ts";
import { eventReader } from "./eventReader.ts";
import { parseWire, stringifyWire } from "./json.ts";
import { decodeProblem, encodeProblem } from "./problem.ts";
import { eventDecoder } from "./records.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const printable = fc
  .oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }), fc.constantFrom("0", "constructor", "toString", "$num", "a b"))
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text) && text !== "__proto__");
const pair = (numbers: fc.Arbitrary<number>): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(numbers, numbers).map(([one, other]) => (one < other ? [one, other] : [other, one]));
const options: fc.Arbitrary<readonly ParamValue[]> = fc.uniqueArray<ParamValue, string>(
  fc.oneof(fc.string({ maxLength: 5 }), finite, fc.boolean()),
  {
    minLength: 1,
    maxLength: 4,
    selector: String,
  },
);

const plain: fc.Arbitrary<Plain> = fc.oneof(
  pair(finite).map(([low, high]) => real(low, high)),
  pair(fc.double({ min: 5e-324, max: 1e300, noNaN: true })).map(([low, high]) => real(low, high, { scale: "log" })),
  pair(fc.double({ min: 0, max: 0.999, noNaN: true })).map(([low, high]) => real(low, high, { scale: "oneMinusLog" })),
  fc
    .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 7 }))
    .map(([low, more, step]) => int(low, low + more, { step })),
  pair(fc.integer({ min: 1, max: 2 ** 40 })).map(([low, high]) => int(low, high, { scale: "log" })),
  fc.tuple(options, fc.boolean()).map(([list, ordered]) => choice(list, { ordered })),
);

/** About half of the parameters that have a possible parent before them are conditional on its first value. */
const params: fc.Arbitrary<readonly (readonly [string, Param])[]> = fc
  .uniqueArray(fc.tuple(printable, plain, fc.nat()), { maxLength: 6, selector: ([name]) => name })
  .map((list) => {
    const parents: [string, ParamValue][] = [];
    return list.map(([name, param, pick]): readonly [string, Param] => {
      const parent = parents[pick % (2 * parents.length)];
      if (param.kind === "choice") parents.push([name, param.options[0]!]);
      if (param.kind === "int") parents.push([name, param.low]);
      return [name, parent === undefined ? param : given(parent[0], [parent[1]], param)];
    });
  });

const problem: fc.Arbitrary<Problem> = fc.record({
  space: params.map((list) => createSpace(list)),
  objectives: fc.uniqueArray(fc.record({ name: printable, goal: fc.constantFrom("minimize" as const, "maximize" as const) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  }),
  constraints: fc.uniqueArray(printable, { maxLength: 2 }),
  fidelity: fc.oneof(
    fc.constant(null),
    pair(fc.integer({ min: 1, max: 1000 })).map(([min, max]) => ({ unit: "epochs", min, max, whole: true })),
    pair(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true })).map(([min, max]) => ({ unit: "share", min, max, whole: false })),
  ),
  resumable: fc.boolean(),
});

const index = fc.nat({ max: 10_000_000 });
const cost = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(NaN, -0, Infinity));
const directive: fc.Arbitrary<Directive> = fc.oneof(
  fc.record({ kind: fc.constantFrom("stop" as const, "pause" as const), job: index.map(jobId) }),
  fc.record({ kind: fc.constant("discard" as const), trial: index.map(trialId) }),
);
const directives = fc.array(directive, { maxLength: 3 });

/** Events of `problem`, of all five kinds. */
function events(problem: Problem): fc.Arbitrary<Event> {
  const most = problem.fidelity?.max ?? 1;
  const fidelity = problem.fidelity?.whole ? fc.integer({ min: 1, max: most }) : fc.double({ min: 5e-324, max: most, noNaN: true });
  const lengths = { objectives: problem.objectives.length, constraints: problem.constraints.length };
  const list = <T>(element: fc.Arbitrary<T>, length: number) => fc.array(element, { minLength: length, maxLength: length });
  const { dims } = problem.space;
  const config = list(fc.double({ min: 0, max: 1, noNaN: true }), dims).map((unit) => decode(problem.space, Float64Array.from(unit)));
  const measurement: fc.Arbitrary<Measurement> = fc.record(
    {
      fidelity,
      values: list(finite, lengths.objectives),
      constraints: list(finite, lengths.constraints),
      variance: list(cost, lengths.objectives),
      costSeconds: cost,
      atMilestone: fc.boolean(),
    },
    { requiredKeys: ["fidelity", "values", "constraints", "costSeconds", "atMilestone"] },
  );
  const remark = fc.record(
    {
      prediction: fc.record({ mean: list(anyNumber, lengths.objectives), sd: list(anyNumber, lengths.objectives) }),
      note: fc.oneof(fc.string(), anyNumber, fc.constant<Json>({ $num: [null, { $$num: -0 }] })),
    },
    { requiredKeys: [] },
  );
  const job: fc.Arbitrary<Job> = fc
    .tuple(
      fc.record({ id: index.map(jobId), trial: index.map(trialId), config }),
      fc.tuple(fc.boolean(), index.map(trialId), fc.uniqueArray(fidelity, { minLength: 1, maxLength: 4 })),
      remark,
    )
    .map(([head, [resumed, trial, list], tail]) => {
      const ascending = list.sort((one, other) => one - other);
      const from = resumed && ascending.length > 1 ? { trial, fidelity: ascending.shift()! } : null;
      return { ...head, from, until: ascending.at(-1)!, milestones: ascending, ...tail };
    });
  const atMs = anyNumber;
  const partial = fc.tuple(config, fc.nat({ max: 255 })).map(([whole, without]) => leaveOut(problem.space, whole, without));
  const reason = fc.constantFrom("threw" as const, "timeout" as const, "lost" as const, "nonfinite" as const, "infeasible" as const);
  /** Measurements at ascending fidelities, and a fidelity above them. */
  const curve = fc
    .tuple(fc.array(measurement, { minLength: 3, maxLength: 3 }), fc.uniqueArray(fidelity, { minLength: 1, maxLength: 4 }))
    .map(([list, fidelities]) => {
      const ascending = fidelities.sort((one, other) => one - other);
      const until = ascending.pop()!;
      return { until, points: ascending.map((at, index) => ({ ...list[index]!, fidelity: at })) };
    });
  return fc.oneof(
    fc.record(
      {
        kind: fc.constant("asked" as const),
        want: fc.nat({ max: 100_000 }),
        starts: fc.nat({ max: 100_000 }),
        jobs: fc.array(job, { maxLength: 3 }),
        directives,
        then: fc.constantFrom("more" as const, "wait" as const, "done" as const),
        atMs,
      },
      { requiredKeys: ["kind", "want", "jobs", "directives", "then", "atMs"] },
    ),
    fc.record({ kind: fc.constant("told" as const), job: index.map(jobId), measurement, last: fc.boolean(), directives, atMs }),
    fc.record({
      kind: fc.constant("failed" as const),
      job: index.map(jobId),
      reason,
      fidelity,
      costSeconds: cost,
      directives,
      atMs,
    }),
    fc.record({ kind: fc.constant("enqueued" as const), config: partial, atMs }),
    fc.record({ kind: fc.constant("observed" as const), config, measurement, directives, atMs }),
    fc
      .tuple(fc.record({ kind: fc.constant("observed" as const), config, directives, atMs }), curve, reason, fc.nat(2))
      .map(([event, { points, until }, why, status]) => {
        if (status === 0) return { ...event, curve: points, failure: { reason: why, error: "no" } };
        return status === 1 && points.length > 0 ? { ...event, curve: points } : { ...event, curve: points, job: jobId(3), until };
      }),
  );
}

const logged = problem.chain((given) => fc.record({ problem: fc.constant(given), event: events(given) }));

test("a problem that was written is read back the same, and written again as the same text", () => {
  fc.assert(
    fc.property(problem, (given) => {
      const line = stringifyWire(encodeProblem(given));
      const read = decodeProblem(parseWire(line));
      expect(read).toStrictEqual(plainCopy(given));
      expect(stringifyWire(encodeProblem(read))).toBe(line);
    }),
    { numRuns: 500 },
  );
});

test("an event of any kind that was written is read back the same, every number the same double", () => {
  fc.assert(
    fc.property(logged, ({ problem: given, event }) => {
      const read = eventDecoder(given)(parseWire(stringifyWire(event)), "event");
      expect(read).toStrictEqual(plainCopy(event));
    }),
    { numRuns: 1000 },
  );
});

test("an event changed at any one place is refused by one of our errors, or is another legal event", () => {
  const before = Reflect.ownKeys(Object.prototype);
  const substitutes: readonly unknown[] = [
    null,
    true,
    -1,
    0,
    0.5,
    1e308,
    NaN,
    2 ** 53,
    "",
    "NaN",
    "asked",
    [],
    [[]],
    {},
    { kind: "stop" },
    undefined,
  ];
  let refused = 0;
  fc.assert(
    fc.property(
      logged,
      fc.nat(),
      fc.constantFrom("replace", "drop", "add", "poison"),
      fc.constantFrom(...substitutes),
      (given, place, how, substitute) => {
        const decodeEvent = eventDecoder(given.problem);
        const changed = structuredClone(given.event) as unknown as Node;
        const nodes = containers(changed);
        const node = nodes[place % nodes.length]!;
        const keys = Object.keys(node);
        const key = keys[place % Math.max(1, keys.length)];
        if (how === "poison") Object.defineProperty(node, "__proto__", { value: { polluted: true }, enumerable: true, configurable: true });
        else if (how === "add" || key === undefined) node.extra = substitute;
        else if (how === "drop") delete node[key];
        else node[key] = substitute;
        try {
          const read = decodeEvent(changed, "event");
          expect(decodeEvent(parseWire(stringifyWire(read)), "event")).toStrictEqual(read);
        } catch (error) {
          if (!(error instanceof CaviarError)) throw error;
          expect(error.what).toMatch(/^event/);
          refused++;
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(1500);
  expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
});

test("the reader of events gives what the decoder gives, of an event as it was written and of one that was changed at any one place", () => {
  const substitutes: readonly Json[] = [
    null,
    true,
    -1,
    0,
    -0,
    0.5,
    1e308,
    NaN,
    2 ** 53,
    "",
    "told",
    [],
    [0.5],
    {},
    { kind: "stop", job: 0 },
  ];
  let kept = 0;
  fc.assert(
    fc.property(
      logged,
      fc.nat(),
      fc.constantFrom("keep", "replace", "drop", "add", "repeat"),
      fc.constantFrom(...substitutes),
      (given, place, how, other) => {
        const changed = plainCopy(given.event) as unknown as Node;
        const nodes = containers(changed);
        const node = nodes[place % nodes.length]!;
        const key = Object.keys(node)[place % Math.max(1, Object.keys(node).length)];
        if (how === "add" && !Array.isArray(node)) node.extra = other;
        else if (how === "drop" && key !== undefined && !Array.isArray(node)) delete node[key];
        else if (how === "replace" && key !== undefined) node[key] = other;
        else if (how === "repeat" && Array.isArray(node) && node.length > 0) node.splice(place % node.length, 0, node[place % node.length]);
        const text = stringifyWire(changed as Json);
        const outcome = (read: (value: Json, path: string) => unknown): unknown => {
          try {
            return read(parseWire(text), "event");
          } catch (error) {
            if (!(error instanceof CaviarError)) throw error;
            return error.message;
          }
        };
        const expected = outcome(eventDecoder(given.problem));
        expect(outcome(eventReader(given.problem))).toStrictEqual(expected);
        if (typeof expected !== "string") kept++;
      },
    ),
    { numRuns: 5000 },
  );
  expect(kept).toBeGreaterThan(1000);
});

type Node = { [key: string]: unknown };

function containers(value: unknown): readonly Node[] {
  if (typeof value !== "object" || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(containers)];
}

/** The same data on ordinary prototypes, since fast-check also makes objects without one. */
function plainCopy<T>(value: T): T {
  return structuredClone(value);
}
