import { choice, createSpace, decode, encode, given, int, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { featuresOf } from "../features.ts";
import { neighbours } from "./neighbours.ts";

const space = createSpace({
  kind: choice(["a", "b", "c"]),
  rate: given("kind", ["b"], real(0, 1)),
  width: int(1, 8, { scale: "log" }),
  layers: given("kind", ["c"], int(1, 100)),
  name: choice(Array.from({ length: 50 }, (_, index) => index)),
  size: choice(
    Array.from({ length: 50 }, (_, index) => index),
    { ordered: true },
  ),
});
const features = featuresOf(space);
const unit = encode(space, { kind: "a", width: 3, name: 10, size: 10 });
const along = (name: string, from = unit) =>
  neighbours(
    features,
    from,
    space.params.findIndex(([one]) => one === name),
  ).map((to) => decode(space, to));

describe("the neighbours of a point along a parameter", () => {
  it("are all its other values if it has few, also for an int on a log scale", () => {
    expect(along("kind").map(({ kind }) => kind)).toEqual(["b", "c"]);
    expect(along("width").map(({ width }) => width)).toEqual([1, 2, 4, 5, 6, 7, 8]);
  });

  it("are 1, 2, 4, ... values away on both sides if it has many values", () => {
    const from = encode(space, { kind: "c", width: 3, layers: 20, name: 10, size: 10 });
    expect(along("layers", from).map(({ layers }) => layers)).toEqual([19, 21, 18, 22, 16, 24, 12, 28, 4, 36, 52, 84]);
    expect(along("size").map(({ size }) => size)).toEqual([9, 11, 8, 12, 6, 14, 2, 18, 26, 42]);
  });

  it("are spread over all options of a choice without order", () => {
    const found = along("name").map(({ name }) => name as number);
    expect(new Set(found).size).toBe(15);
    expect(found).not.toContain(10);
    expect(Math.max(...found) - Math.min(...found)).toBeGreaterThan(40);
  });

  it("are the same in all other parameters, except those that begin or cease to exist", () => {
    for (const config of along("width")) expect(config).toMatchObject({ kind: "a", name: 10, size: 10 });
    expect(along("kind")[0]).toEqual({ kind: "b", rate: 0.5, width: 3, name: 10, size: 10 });
    const from = encode(space, { kind: "b", rate: 0.9, width: 3, name: 10, size: 10 });
    expect(along("kind", from)[0]).toEqual({ kind: "a", width: 3, name: 10, size: 10 });
  });

  it("are canonical", () => {
    for (let axis = 0; axis < space.dims; axis++)
      for (const to of neighbours(features, unit, axis)) expect(features.canonical(to)).toEqual(to);
  });

  it("do not exist along a parameter that is not active or is smooth", () => {
    expect(along("layers")).toEqual([]);
    expect(along("rate", encode(space, { kind: "b", rate: 0.9, width: 3, name: 10, size: 10 }))).toEqual([]);
  });
});
