import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ExternalError } from "../contract/errors.ts";
import { limits } from "../contract/limits.ts";
import { oneLine, thrownText } from "./thrownText.ts";

const trap = (): never => {
  throw new Error("trap");
};
const hostile: ProxyHandler<object> = { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap };

test.each<readonly [string, unknown, string]>([
  ["an error by its message", new TypeError("no GPU"), "no GPU"],
  [
    "an error of ours by its message",
    new ExternalError({ code: "lost", what: "w", expected: "e", got: "g", remedy: "r" }),
    "w: expected e, got g. r",
  ],
  ["an error without a message by its name", new RangeError(), "RangeError"],
  ["an error with its cause", new Error("fetch failed", { cause: new Error("no route") }), "fetch failed, because of no route"],
  ["a text", "CUDA out of memory", "CUDA out of memory"],
  ["no text", "", '""'],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["a number", 137, "137"],
  ["a symbol", Symbol("no"), "Symbol(no)"],
  ["an object with a message, as another realm throws it", { message: "no GPU" }, "no GPU"],
  ["an object without one by its members", { code: 2, stderr: "CUDA out of memory" }, "code: 2, stderr: CUDA out of memory"],
  ["an empty object", Object.create(null), "an object"],
  ["an object whose message is no text", { message: 5 }, "message: 5"],
  ["an error whose message throws", Object.defineProperty(new Error("x"), "message", { get: trap }), "an object of class Error"],
  ["an error whose cause throws", Object.defineProperty(new Error("x"), "cause", { get: trap }), "x"],
  ["a proxy that throws whatever is asked", new Proxy({}, hostile), "a object that cannot be read"],
  ["a function", new Proxy(() => {}, hostile), "a function that cannot be read"],
  ["lines and colours as one plain line", new Error("\u001b[31mCUDA\u001b[39m\r\n\tout of\u0000memory\u202e\ud800 "), "CUDA out of memory"],
])("shows %s", (_name, thrown, text) => {
  expect(thrownText(thrown)).toBe(text);
});

describe("the text of whatever is thrown", () => {
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withSparseArray: true, withNullPrototype: true }),
    fc.string({ unit: "binary" }).map((text) => new Error(text)),
  );

  it("is one line of bounded length, and stays what it is when it is read again", () => {
    fc.assert(
      fc.property(anything, fc.nat(3000), (thrown, padding) => {
        const text = thrownText(typeof thrown === "string" ? thrown + "\u001b[1m 😀".repeat(padding) : thrown);
        expect(text.length).toBeLessThanOrEqual(limits.errorLength);
        expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(oneLine(text)).toBe(text);
      }),
    );
  });

  it("is cut with three dots, and never inside a character", () => {
    expect(oneLine("x".repeat(limits.errorLength))).toBe("x".repeat(limits.errorLength));
    expect(oneLine("x".repeat(1e6))).toBe(`${"x".repeat(limits.errorLength - 3)}...`);
    expect(oneLine("😀".repeat(limits.errorLength))).toBe(`${"😀".repeat(limits.errorLength / 2 - 2)}...`);
  });
});
