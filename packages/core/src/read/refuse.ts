/** How data is refused: by an error that names the place, what is expected there, what was found, and what to do. */
import { LimitError, ProtocolError } from "../contract/errors.ts";
import { show } from "../text/show.ts";
import { below, type Flaw, type Path, rootOf, showPath } from "./path.ts";
import { remedyForKey } from "./spelling.ts";

/**
 * Throws the error of the place. Use it for checks beyond the shape of data.
 *
 * @param remedy what to do. "Correct the value." by default.
 */
export function reject(path: Path, expected: string, value: unknown, remedy = "Correct the value."): never {
  fail(path, "wrongValue", { expected, got: show(value), remedy });
}

/** In a message the object is named, which lacks the key; elsewhere the place that is empty. */
export function missingKey(path: Path, key: string): never {
  const inMessage = typeof rootOf(path) === "string";
  const place = inMessage ? path : below(path, key);
  fail(place, "missingKey", { expected: inMessage ? `the key ${show(key)}` : "a value", got: "none", remedy: "Add it." });
}

/** @param known the keys that the object may have; the remedy names the one that was probably meant. */
export function unknownKey(path: Path, key: string, known: readonly string[]): never {
  const root = rootOf(path);
  const isOption = root === path && typeof root !== "string" && root.style === "options";
  const list = known.join(", ");
  fail(path, "unknownKey", {
    ...(isOption && { what: `option of ${root.name}` }),
    expected: known.length === 0 ? `no ${isOption ? "options" : "keys"}` : isOption ? `one of ${list}` : `no keys but ${list}`,
    got: show(key),
    remedy: remedyForKey(key, known),
  });
}

/** What is no object where one is expected, with some keys of those that it may have. */
export function noObject(path: Path, value: unknown, known: ReadonlySet<string> | null): never {
  const root = rootOf(path);
  const [first] = known ?? [];
  if (typeof root === "string" || root.style !== "options" || known === null || first === undefined)
    return reject(path, "an object", value);
  return reject(path, `an object with some of ${[...known].join(", ")}`, value, `Pass { ${first}: … }.`);
}

/** A key that no object of data can have: a symbol, or `__proto__`. */
export function oddKey(path: Path, key: string | symbol): never {
  const expected = typeof key === "symbol" ? "keys that are texts" : "keys that JavaScript does not reserve";
  fail(path, "unknownKey", { expected, got: show(String(key)), remedy: "Drop or rename it." });
}

export function tooMany(path: Path, expected: string, got: number): never {
  const remedy = typeof rootOf(path) === "string" ? "Send less, or in parts." : "Leave some out.";
  fail(path, "tooMany", { expected, got: String(got), remedy });
}

/** `what` is the place by default. */
type Finding = { readonly what?: string; readonly expected: string; readonly got: string; readonly remedy: string };

function fail(path: Path, flaw: Flaw, finding: Finding): never {
  const root = rootOf(path);
  const fault = { code: flaw, what: showPath(path), ...finding };
  if (typeof root !== "string") throw new root.error({ ...fault, code: root.codes[flaw] ?? flaw });
  throw flaw === "tooMany" ? new LimitError(fault) : new ProtocolError(fault);
}
