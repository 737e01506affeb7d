/** Hostile texts for whatever reads JSON: some made by hand, and arbitraries that change a sound text in one place or in a few. */
import fc from "fast-check";

/** JSON text that is wrong or dangerous for every reader. */
export const hostileTexts: readonly (readonly [name: string, text: string])[] = [
  ["nothing", ""],
  ["blanks", " \t\r\n "],
  ["a byte order mark", '\ufeff{"a":1}'],
  ["a NUL", "\0"],
  ["a NUL in a text", '{"a":"\0"}'],
  ["half an object", '{"name":"a'],
  ["a closing bracket too many", '{"a":1}}'],
  ["two values", "{} {}"],
  ["a comment", '{"a":1} // one'],
  ["a comma at the end", '{"a":1,}'],
  ["single quotes", "{'a':1}"],
  ["a key without quotes", "{a:1}"],
  ["Python's NaN", '{"budget":NaN}'],
  ["Python's infinity", '{"budget":-Infinity}'],
  ["a number beyond the doubles", '{"budget":1e999}'],
  ["a number with a leading zero", '{"budget":01}'],
  ["a number without digits", '{"budget":-}'],
  ["a hexadecimal number", '{"budget":0x10}'],
  ["a key twice", '{"name":"a","name":"b"}'],
  ["a key twice, once escaped", '{"name":"a","n\\u0061me":"b"}'],
  ["__proto__", '{"__proto__":{"polluted":1}}'],
  ["__proto__, escaped", '{"\\u005f_proto__":{"polluted":1}}'],
  ["constructor.prototype", '{"constructor":{"prototype":{"polluted":1}}}'],
  ["__proto__ in a list", '[{"__proto__":{"polluted":1}}]'],
  ["toString as data", '{"toString":1,"valueOf":1,"hasOwnProperty":1}'],
  ["toJSON as data", '{"toJSON":"x"}'],
  ["then as data", '{"then":"x"}'],
  ["a forged number", '{"$num":"1"}'],
  ["a number with more keys", '{"$num":"NaN","a":1}'],
  ["a number of a number", '{"$num":{"$num":"NaN"}}'],
  ["an escaped key of a number", '{"$$num":"NaN"}'],
  ["lists to the depth of 100,000", "[".repeat(100_000) + "]".repeat(100_000)],
  ["open lists to the depth of 100,000", "[".repeat(100_000)],
  ["objects to the depth of 20,000", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["lone surrogates", '{"name":"\\ud800","\\udfff":1}'],
  ["a surrogate pair the wrong way round", '"\\udc00\\ud800"'],
  ["an escape that does not exist", '"\\x41"'],
  ["half an escape", '"\\u00'],
  ["a raw line end in a text", '"a\nb"'],
  ["line separators", '{"name":"\u2028\u2029\u0085"}'],
  ["bidirectional marks", '{"name":"\u202e\u2066"}'],
  ["a terminal sequence", '{"name":"\\u001b[2J\\u001b]8;;x\\u0007"}'],
  ["a path that climbs", '{"name":"../../etc/passwd"}'],
  ["a path of Windows", '{"name":"C:\\\\nul"}'],
  ["markup", '{"name":"</script><img src=x onerror=alert(1)>"}'],
  ["a text of a million characters", `{"name":"${"a".repeat(1_000_000)}"}`],
  ["a key of a million characters", `{"${"a".repeat(1_000_000)}":1}`],
  ["a hundred thousand keys", `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":${index}`).join(",")}}`],
  ["a hundred thousand lists", `[${"[],".repeat(99_999)}[]]`],
  ["a number of a hundred thousand digits", `{"budget":${"9".repeat(100_000)}}`],
  ["a fraction of a hundred thousand digits", `{"budget":0.${"0".repeat(100_000)}1}`],
  ["null", "null"],
  ["true", "true"],
  ["a number", "1"],
  ["a text", '"text"'],
  ["a list", "[]"],
  ["an object", "{}"],
  ["a list of nulls", "[null,null]"],
  ["another program's markup", '<?xml version="1.0"?><plan/>'],
  ["YAML", "name: a\nseeds: 1\n"],
];

/** Values to put in the place of others; `1e999` and repeated keys need text, which `textMutation` makes. */
const hostileValues: readonly unknown[] = [
  ...[null, true, "", "x", [], {}, [[]], [null], 0, -1, 0.5, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 53 + 2, 2 ** 31, 1e6, 1e21],
  ...["\0", "\ud800", "../..", "__proto__", "constructor", "NaN", "$num", "1", "a".repeat(100_000)],
  ...[{ $num: "NaN" }, { $num: "Infinity" }, { $num: "-0" }, { $num: 1 }, { $$num: "NaN" }, { kind: "__proto__" }, { length: 1e9 }],
  JSON.parse('{"__proto__":{"polluted":1}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'),
  nested(80),
];

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

type Container = { [key: string]: unknown };

/** A copy of `value` with one to three nodes dropped, doubled, swapped or replaced, as data. */
export function dataMutation(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom("drop", "double", "swap", "replace", "rename", "graft"),
    other: fc.nat(),
    hostile: fc.constantFrom(...hostileValues),
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const root: Container = { value: structuredClone(value) };
    for (const { at, how, other, hostile } of changes) {
      const places = placesOf(root);
      if (places.length === 0) break;
      const [node, key] = places[at % places.length]!;
      const [second, secondKey] = places[other % places.length]!;
      mutate(node, key, how, { second, secondKey, hostile });
    }
    return root.value;
  });
}

type Other = { readonly second: Container; readonly secondKey: string; readonly hostile: unknown };

function mutate(node: Container, key: string, how: string, { second, secondKey, hostile }: Other): void {
  const member = node[key];
  if (how === "drop") {
    if (Array.isArray(node)) node.splice(Number(key), 1);
    else delete node[key];
  } else if (how === "double") {
    if (Array.isArray(node)) node.splice(Number(key), 0, structuredClone(member));
    else set(node, `${key}2`, structuredClone(member));
  } else if (how === "swap") {
    const [one, two] = [structuredClone(member), structuredClone(second[secondKey])];
    set(node, key, two);
    set(second, secondKey, one);
  } else if (how === "graft") set(node, key, structuredClone(second[secondKey]));
  else if (how === "rename" && !Array.isArray(node)) {
    delete node[key];
    set(node, typeof hostile === "string" ? hostile : `${key}${secondKey}`, member);
  } else set(node, key, structuredClone(hostile));
}

/** Also for the key `__proto__`, which an assignment would take for the prototype. */
function set(node: Container, key: string, value: unknown): void {
  Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Every member of every list and object below `root`. */
function placesOf(root: Container): readonly (readonly [node: Container, key: string])[] {
  const found: (readonly [Container, string])[] = [];
  const visit = (node: Container): void => {
    for (const key of Object.keys(node)) {
      found.push([node, key]);
      const member = node[key];
      if (typeof member === "object" && member !== null) visit(member as Container);
    }
  };
  visit(root);
  return found;
}

/** Pieces of the grammar, which a text may lose or get anywhere. */
const tokens = [
  ...["{", "}", "[", "]", ",", ":", '"', "\\", "\\u", "\\ud800", "-", ".", "e", "0", "1e999", "NaN", "null", "tru", "\n", "\r\n", "\0"],
  ...['"__proto__":{"polluted":1},', '"$num":"NaN",', '{"$num":"-0"}', "\ufeff", "\u2028", "🐼", " ".repeat(1000), "9".repeat(400)],
];

/** A copy of `text` with one to four places cut out, repeated, overwritten, or given a piece of the grammar. */
export function textMutation(text: string): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(),
    length: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 8 }) }, fc.nat({ max: 400 })),
    how: fc.constantFrom("cut", "repeat", "insert", "overwrite", "flip", "end"),
    token: fc.constantFrom(...tokens),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((current, { at, length, how, token }) => {
      const from = at % (current.length + 1);
      const [before, piece, after] = [current.slice(0, from), current.slice(from, from + length), current.slice(from + length)];
      if (how === "cut") return before + after;
      if (how === "repeat") return before + piece + piece + after;
      if (how === "insert") return before + token + piece + after;
      if (how === "overwrite") return before + token + after;
      if (how === "end") return before;
      return before + String.fromCharCode((current.charCodeAt(from) || 0x20) ^ (1 << (length % 7))) + current.slice(from + 1);
    }, text),
  );
}
