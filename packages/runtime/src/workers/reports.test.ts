import { describe, expect, it } from "vitest";
import { mustReport, reportIn } from "./reports.ts";

describe("a line of a command", () => {
  it.each<readonly [string, ReturnType<typeof reportIn>]>([
    ['{"value": 0.5}', { kind: "measured", result: { value: 0.5 }, fidelity: null }],
    ['  {"value": 1, "fidelity": 3}\r', { kind: "measured", result: { value: 1 }, fidelity: 3 }],
    ['{"values": [1, 2], "constraints": [-1]}', { kind: "measured", result: { values: [1, 2], constraints: [-1] }, fidelity: null }],
    [
      '{"value": 1, "variance": 0.1, "costSeconds": 2}',
      { kind: "measured", result: { value: 1, variance: 0.1, costSeconds: 2 }, fidelity: null },
    ],
    ['{"value": NaN}', { kind: "measured", result: { value: NaN }, fidelity: null }],
    ['{"values": [-Infinity, Infinity]}', { kind: "measured", result: { values: [-Infinity, Infinity] }, fidelity: null }],
    ['{"infeasible": true}', { kind: "infeasible" }],
    ['{"error": "out of memory: NaN"}', { kind: "failed", error: "out of memory: NaN" }],
    ['{"preempted": true}', { kind: "preempted" }],
    ["epoch 3: loss 0.25", null],
    ["{'value': 0.5}", null],
    ['{"loss": 0.5}', null],
    ['{"value": 0.5', null],
    ["0.5", null],
    ["[1]", null],
    ["{}", null],
    ['{"__proto__": {"value": 1}}', null],
    ["", null],
  ])("%j is read as %j", (line, report) => {
    expect(reportIn(line)).toEqual(report);
  });

  it.each<readonly [string, RegExp]>([
    ['{"value": "0.5"}', /report\.value: expected a number, got "0\.5"/],
    ['{"value": 1, "fidelty": 3}', /"fidelty"/],
    ['{"value": 1, "values": [1]}', /"values"/],
    ['{"value": 1, "fidelity": null}', /report\.fidelity/],
    ['{"infeasible": false}', /report of the command/],
    ['{"preempted": false}', /report\.preempted/],
  ])("%j is refused", (line, message) => {
    expect(() => reportIn(line)).toThrow(message);
  });

  it("must be a report on a descriptor of its own", () => {
    expect(mustReport('{"value": 1}')).toMatchObject({ kind: "measured" });
    expect(() => mustReport("epoch 3")).toThrow('report of the command: expected a JSON object such as {"value": 0.5}, got "epoch 3".');
  });
});
