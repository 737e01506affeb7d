/**
 * No record of options changes a global object, is read beyond its own members, or gets past a function that does not know it: each hostile
 * record goes to each exported function that takes options.
 */
import { func, optionReader } from "@caviar-hpo/core/read";
import { describe, expect, it } from "vitest";
import { type OptionCall, optionCalls } from "./optionCalls.ts";
import { changesSince, globals, payloads, poisoningFaults } from "./poisoning.ts";

it("these are at least 840 cases", () => {
  expect(payloads.length * Object.keys(optionCalls).length).toBeGreaterThanOrEqual(840);
});

it.each(Object.entries(optionCalls))("%s takes own members of plain records only, and changes no global object", async (_name, call) => {
  expect(await poisoningFaults(call)).toEqual([]);
});

describe("a reader is caught that", () => {
  type Members = { [key: string]: unknown };
  const known = ["call", "depth"];
  const refuse = optionReader<{ readonly call?: () => void; readonly depth?: number }>("reader", { call: func, depth: (value) => value });

  /** Each takes options in a way that is often seen. */
  const planted: readonly (readonly [fault: string, read: (options: Members) => unknown, finding: RegExp])[] = [
    ["merges deeply", (options) => merge({}, options), /changed polluted/],
    ["ignores names that it does not know", ({ depth }) => depth, /constructor\.prototype: accepted/],
    [
      "looks for names in the whole chain of prototypes",
      (options) => unknownRefused(options, (key) => key in options),
      /inherited options: accepted/,
    ],
    ["reads options that are not there", (options) => [refuse(options), options.depth], /names of options: read depth/],
    ["lets the error of a getter through", (options) => ({ ...options }), /a trap/],
    ["refuses what is frozen", (options) => Object.defineProperty(options, "depth", { value: 1 }), /frozen options: TypeError/],
  ];

  function merge(target: Members, source: Members): Members {
    for (const key in source) {
      const value = source[key];
      if (typeof value === "object" && value !== null) {
        target[key] ??= {};
        merge(target[key] as Members, value as Members);
      } else target[key] = value;
    }
    return target;
  }

  function unknownRefused(options: Members, has: (key: string) => boolean): Members {
    const own = Object.keys(options).filter((key) => !known.includes(key));
    if (own.length > 0) refuse({ [own[0]!]: 1 } as never);
    return Object.fromEntries(known.filter(has).map((key) => [key, options[key]]));
  }

  it.each(planted)("%s", async (_fault, read, finding) => {
    const before = globals();
    try {
      const faults = await poisoningFaults({ call: read as OptionCall["call"], valid: {} });
      expect(
        faults.some((fault) => finding.test(fault)),
        faults.join("\n"),
      ).toBe(true);
    } finally {
      for (const object of [Object, Object.prototype]) delete (object as unknown as Members).polluted;
    }
    expect(changesSince(before)).toEqual([]);
  });

  it("does nothing wrong, but only if it does nothing wrong", async () => {
    expect(await poisoningFaults({ call: refuse as OptionCall["call"], valid: { depth: 1 } })).toEqual([]);
  });
});

it("a change of a global object is seen, whether a member is new, gone or another", () => {
  const before = globals();
  const prototype = Array.prototype as unknown as { polluted?: number; at: unknown };
  const { at } = prototype;
  prototype.polluted = 1;
  prototype.at = () => 1;
  const changes = changesSince(before);
  delete prototype.polluted;
  prototype.at = at;
  expect([changes, changesSince(before)]).toEqual([["at", "polluted"], []]);
});
