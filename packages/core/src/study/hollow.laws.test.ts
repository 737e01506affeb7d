/** Lists that are not what they seem: with holes, of a class of their own, or different each time they are read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError, ProtocolError } from "../contract/errors.ts";
import type { Problem } from "../contract/problem.ts";
import { isFeasible, violationOf } from "../contract/violation.ts";
import { drive } from "../run/drive.ts";
import { createAbort } from "../run/signal.ts";
import { scripted, simple } from "./scripted.fixture.ts";
import { type Study, startStudy } from "./study.ts";

const problem: Problem = {
  ...simple,
  objectives: ["a", "b", "c"].map((name) => ({ name, goal: "maximize" })),
  constraints: ["d", "e", "f"],
};
const open = (): Study => startStudy({ problem, strategy: scripted(), seed: 0 });
const good = { values: [1, 2, 3], constraints: [-1, -1, -1], variance: [1, 1, 1] };

/** A list of three numbers without one or more of them. */
const punctured = fc.uniqueArray(fc.nat(2), { minLength: 1 }).map((holes) => {
  const list: number[] = [1, 2, 3];
  for (const hole of holes) delete list[hole];
  return list;
});
class Lying extends Array<number> {
  static override get [Symbol.species](): ArrayConstructor {
    return Lying as unknown as ArrayConstructor;
  }
  override slice(): number[] {
    return [1, 2, 3];
  }
  override *[Symbol.iterator](): ArrayIterator<number> {
    for (;;) yield 1;
  }
}
const member = fc.constantFrom("values", "constraints", "variance");

describe("a list with holes is no measurement:", () => {
  it("it is refused in every member, and neither finite nor feasible", () => {
    fc.assert(
      fc.property(punctured, member, fc.constantFrom(Array, Lying), (list, name, kind) => {
        const told = { ...good, [name]: Object.setPrototypeOf(list.slice(), kind.prototype) as number[] };
        const study = open();
        const [job] = study.ask().jobs;
        expect(() => study.tell(job!.id, told)).toThrow(ProtocolError);
        expect(() => study.observe({ x: 0, mode: "plain" }, told)).toThrow(ProtocolError);
        expect(study.closed).toBe(false);
        expect(study.history.trials.map(({ status }) => status)).toEqual(["running"]);
      }),
    );
  });

  it("nor a list of any other kind: the study keeps a plain copy of what was checked, or refuses it", () => {
    const list = [4, 5, 6];
    const lying = Object.setPrototypeOf([...list], Lying.prototype) as number[];
    const study = open();
    for (const values of [lying, Object.freeze([...list]), new Proxy(list, {})]) {
      const [job] = study.ask().jobs;
      study.tell(job!.id, { ...good, values });
      const kept = study.history.trials.at(-1)!.curve[0]!.values;
      expect([kept, Object.getPrototypeOf(kept)]).toEqual([list, Array.prototype]);
    }
    for (const values of [Float64Array.from(list), new Set(list), { length: 3, 0: 4, 1: 5, 2: 6 }, Array(1e9), "456"]) {
      const [job] = study.ask().jobs;
      expect(() => study.tell(job!.id, { ...good, values: values as number[] })).toThrow(ProtocolError);
    }
  });

  it("a list that is another one at every look is read once", () => {
    let reads = 0;
    const changing = new Proxy([4, 5, 6], {
      get: (list, key) => {
        if (typeof key === "string" && /^\d$/.test(key)) reads++;
        return reads > 3 ? NaN : Reflect.get(list, key);
      },
    });
    const study = open();
    const [job] = study.ask().jobs;
    expect(study.tell(job!.id, { ...good, values: changing }).effect).toBe("accepted");
    expect([reads, study.history.trials[0]!.curve[0]!.values]).toEqual([3, [4, 5, 6]]);
  });

  it("NaN in a constraint or a variance fails the trial, and an observed one is refused", () => {
    fc.assert(
      fc.property(member, fc.nat(2), fc.constantFrom(NaN, Infinity, -Infinity), (name, place, value) => {
        const told = { ...good, [name]: [1, 1, 1].map((one, index) => (index === place ? value : one)) };
        const study = open();
        const [job] = study.ask().jobs;
        expect(study.tell(job!.id, told).effect).toBe("failed");
        expect(() => study.observe({ x: 0, mode: "plain" }, told)).toThrow(ConfigError);
      }),
    );
  });

  it("a driven evaluation that reports one fails its trial, and the study stays open", async () => {
    await fc.assert(
      fc.asyncProperty(punctured, member, async (list, name) => {
        const study = open();
        await drive(study, ({ trial }) => (trial === 1 ? { ...good, [name]: list } : good), { trials: 3, signal: createAbort().signal });
        expect([study.closed, study.history.trials.map(({ status }) => status)]).toEqual([false, ["finished", "failed", "finished"]]);
      }),
      { numRuns: 20 },
    );
  });
});

it("what is no number is never feasible, and violates more than any number", () => {
  const notNumbers = fc.oneof(
    punctured,
    fc.nat(2).map((place) => [-1, -1, -1].map((one, index) => (index === place ? NaN : one))),
  );
  fc.assert(
    fc.property(notNumbers, fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 4 }), (constraints, numbers) => {
      expect(isFeasible({ constraints })).toBe(false);
      expect(violationOf({ constraints })).toBeGreaterThan(violationOf({ constraints: numbers }));
    }),
  );
});
