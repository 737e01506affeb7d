import { choice, createSpace, given, int, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { groupsOf } from "./groups.ts";

const space = createSpace({
  kind: choice(["tree", "net", "line"]),
  rate: real(1e-4, 1, { scale: "log" }),
  depth: given("kind", ["tree"], int(1, 9)),
  width: given("kind", ["net", "tree"], int(1, 99)),
  leaves: given("kind", ["tree"], int(2, 40)),
  always: given("kind", ["line", "net", "tree"], real(0, 1)),
  fixed: real(2, 2),
  deep: given("depth", [8, 9], choice(["a", "b"])),
  deeper: given("depth", [8, 9], real(0, 1)),
});
const members = (together: boolean): readonly (readonly string[])[] =>
  groupsOf(space, together).map(({ params }) => params.map((param) => space.params[param]![0]));

describe("groups", () => {
  it("hold what is active together: the same condition, or none, or one that always holds; a parameter of one value is in none", () => {
    expect(members(true)).toEqual([["kind", "rate", "always"], ["depth", "leaves"], ["width"], ["deep", "deeper"]]);
  });

  it("are single parameters for a univariate model", () => {
    expect(members(false)).toEqual([["kind"], ["rate"], ["depth"], ["width"], ["leaves"], ["always"], ["deep"], ["deeper"]]);
  });

  it("give every parameter the axis of its kind", () => {
    const kinds = groupsOf(space, true).flatMap(({ axes }) => axes.map((axis) => axis.kind));
    expect(kinds).toEqual(["options", "interval", "interval", "cells", "cells", "cells", "options", "interval"]);
  });

  it("are empty in an empty space", () => {
    expect(groupsOf(createSpace({}), true)).toEqual([]);
  });
});
