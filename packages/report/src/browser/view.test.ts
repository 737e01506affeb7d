import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { expect, it } from "vitest";
import { hostileNames } from "../../testing/hostileNames.ts";
import { readFragment, viewOf, writeFragment } from "./view.ts";

const text = fc
  .oneof(fc.constantFrom(...hostileNames), fc.string({ unit: "grapheme" }))
  .map((value) => value.replace(/\p{Surrogate}/gu, "\ufffd"));

test.prop([fc.array(fc.tuple(fc.string({ unit: "grapheme-ascii", minLength: 1 }), text), { maxLength: 6 })])(
  "a view comes back from the address, whatever the names are",
  (state) => {
    expect(readFragment(writeFragment(state))).toEqual(state.map((entry) => [...entry]));
  },
);

it("a plain fragment is a place in the page", () => {
  expect(readFragment("#ranking")).toEqual([["at", "ranking"]]);
  expect(writeFragment([["at", "ranking"]])).toBe("#ranking");
  expect(readFragment("")).toEqual([]);
});

it("follows the address, and writes what is set", () => {
  const location = { hash: "#hide.strategy=tpe" };
  const acts: (() => void)[] = [];
  const window = {
    location,
    history: { replaceState: (_: unknown, __: string, url?: string | URL | null) => (location.hash = String(url)) },
    addEventListener: (_: string, act: () => void) => acts.push(act),
  } as unknown as Parameters<typeof viewOf>[0];
  const view = viewOf(window);
  const seen: (readonly string[])[] = [];
  view.follow(() => seen.push(view.all("hide.strategy")));
  view.set("hide.strategy", ["a b", "c"]);
  expect(location.hash).toBe("#hide.strategy=a+b&hide.strategy=c");
  location.hash = "#hide.strategy=d";
  for (const act of acts) act();
  expect(seen).toEqual([["tpe"], ["d"]]);
});
