import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "../record/canonical.ts";
import { createMerkleTree, merkleRoot } from "./merkle.ts";

type Golden = { readonly [leaves: string]: string };
const golden = JSON.parse(readFileSync(new URL("./merkle.golden.json", import.meta.url), "utf8")) as Golden;

const leavesOf = (texts: readonly string[]): readonly string[] => texts.map(sha256);
/** `list` with `count` elements from `at` on replaced by others. */
function replaced(list: readonly string[], at: number, count: number, ...others: readonly string[]): readonly string[] {
  return [...list.slice(0, at), ...others, ...list.slice(at + count)];
}

const texts = fc.array(fc.string(), { minLength: 1, maxLength: 40 });

it.each(Object.entries(golden))("the root of %s leaves is that of an independent script", (count, root) => {
  expect(merkleRoot(leavesOf(Array.from({ length: Number(count) }, (_, index) => String(index))))).toBe(root);
});

it("another leaf anywhere makes another root", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.string(), (data, place, text) => {
      const at = place % data.length;
      fc.pre(data[at] !== text);
      expect(merkleRoot(leavesOf(replaced(data, at, 1, text)))).not.toBe(merkleRoot(leavesOf(data)));
    }),
    { seed: 1 },
  );
});

it("one leaf more, one fewer, one twice, and two that change places make another root", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 }), fc.nat(), fc.string(), (data, place, text) => {
      const at = place % (data.length - 1);
      const [left, right] = [data[at]!, data[at + 1]!];
      const others = [
        replaced(data, at, 0, text),
        replaced(data, at, 1),
        replaced(data, at, 0, left),
        replaced(data, at, 2, right, left),
        [...data, data.at(-1)!],
      ];
      for (const other of others) expect(merkleRoot(leavesOf(other))).not.toBe(merkleRoot(leavesOf(data)));
    }),
    { seed: 2 },
  );
});

it("data that are the hashes of two children make another root than the children", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      const children = leavesOf([one, two]);
      const forged = createMerkleTree();
      forged.add(Buffer.from(children.map((child) => merkleRoot([child])).join(""), "hex"));
      expect(forged.root().toString("hex")).not.toBe(merkleRoot(children));
    }),
    { seed: 3 },
  );
});
