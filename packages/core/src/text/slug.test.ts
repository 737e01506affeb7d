import fc from "fast-check";
import { expect, it } from "vitest";
import { slug } from "./slug.ts";

it.each([
  ["Bayes-Opt, x2", "bayes-opt-x2"],
  ["../../etc/passwd", "etc-passwd"],
  ["Größe", "gr-e"],
  ["日本", ""],
])("the slug of %j is %j", (text, expected) => {
  expect(slug(text)).toBe(expected);
});

it("a slug has letters, digits and single hyphens, and is its own slug", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(slug(text)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
      expect(slug(slug(text))).toBe(slug(text));
    }),
  );
});
