/**
 * Records that try to change the prototypes of JavaScript, or to be read as more than their own members, and a check of what a function
 * does with them: it refuses them by one of Caviar's errors or takes their own members only, and no global object changes.
 */
import { CaviarError } from "@caviar-hpo/core";
import type { OptionCall } from "./optionCalls.ts";

/**
 * "same": the function does what it does with the plain record. "either": what has to happen depends on the option, for instance on whether
 * it takes any value.
 */
type Outcome = "refused" | "same" | "either";

export type Payload = {
  readonly name: string;
  readonly outcome: Outcome;
  /** @param known the names of the options of the function. */
  readonly make: (valid: object, known: readonly string[]) => Hostile;
};

/** `restore` undoes what the payload did to global objects, and says which options were read that the record has not as its own. */
type Hostile = { readonly record: object; readonly restore?: () => readonly string[] };

const poison = (): object => JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as object;

/** The record with one member set, whatever it is called. */
function withMember(valid: object, key: string | symbol, value: unknown): Hostile {
  const record = Object.defineProperty({ ...valid }, key, { value, enumerable: true, configurable: true, writable: true });
  return { record };
}

export const payloads: readonly Payload[] = [
  { name: "a key __proto__, as JSON.parse makes it", outcome: "refused", make: (valid) => withMember(valid, "__proto__", { polluted: 1 }) },
  {
    name: "a prototype that was replaced",
    outcome: "refused",
    make: (valid) => ({ record: Object.setPrototypeOf({ ...valid }, poison()) }),
  },
  { name: "constructor.prototype", outcome: "refused", make: (valid) => withMember(valid, "constructor", { prototype: { polluted: 1 } }) },
  { name: "a method of every object", outcome: "refused", make: (valid) => withMember(valid, "hasOwnProperty", () => true) },
  { name: "poison inside an option", outcome: "either", make: (valid, known) => withMember(valid, known[0] ?? "unknown", poison()) },
  {
    name: "poison in a list inside an option",
    outcome: "either",
    make: (valid, known) => withMember(valid, known[0] ?? "unknown", [poison()]),
  },
  { name: "a Map", outcome: "refused", make: (valid) => ({ record: new Map([...Object.entries(valid), ["__proto__", 1]]) }) },
  { name: "an instance of a class", outcome: "refused", make: (valid) => ({ record: Object.assign(new (class Options {})(), valid) }) },
  { name: "inherited options", outcome: "refused", make: (valid) => ({ record: Object.create({ ...valid, polluted: 1 }) as object }) },
  { name: "a getter that throws", outcome: "refused", make: (valid, known) => ({ record: withGetter(valid, known[0] ?? "unknown") }) },
  { name: "a proxy that throws", outcome: "refused", make: (valid) => ({ record: new Proxy(valid, throwingTraps) }) },
  { name: "prototypes that have the names of options", outcome: "same", make: spied },
  { name: "a symbol as key", outcome: "either", make: (valid) => withMember(valid, Symbol("polluted"), 1) },
  { name: "frozen options", outcome: "same", make: (valid) => ({ record: Object.freeze({ ...valid }) }) },
  { name: "options without a prototype", outcome: "same", make: (valid) => ({ record: Object.assign(Object.create(null), valid) }) },
];

function withGetter(valid: object, key: string): object {
  return Object.defineProperty({ ...valid }, key, { get: trap, enumerable: true, configurable: true });
}

function trap(): never {
  throw new TypeError("a trap");
}

const throwingTraps = { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap };

function spied(valid: object, known: readonly string[]): Hostile {
  const record = { ...valid };
  const read: string[] = [];
  const names = known.filter((name) => !(name in Object.prototype));
  for (const name of names) {
    const get = function (this: unknown): undefined {
      if (this === record) read.push(name);
    };
    Object.defineProperty(Object.prototype, name, { get, configurable: true });
  }
  const restore = (): readonly string[] => {
    for (const name of names) delete (Object.prototype as { [name: string]: unknown })[name];
    return read;
  };
  return { record, restore };
}

/** What is wrong with how a function takes the payloads; an empty list is a pass. */
export async function poisoningFaults({ call, valid }: OptionCall, chosen: readonly Payload[] = payloads): Promise<readonly string[]> {
  const known = await optionsOf(call, valid);
  const plain = await thrownBy(call, { ...valid });
  const before = globals();
  const faults: string[] = [];
  for (const { name, outcome, make } of chosen) {
    const { record, restore = () => [] } = make(valid, known);
    const thrown = await thrownBy(call, record);
    const misread = restore();
    if (thrown !== null && !(thrown instanceof CaviarError)) faults.push(`${name}: ${String(thrown)}`);
    else if (outcome === "refused" && thrown === null) faults.push(`${name}: accepted`);
    else if (outcome === "same" && messageOf(thrown) !== messageOf(plain)) faults.push(`${name}: ${messageOf(thrown)}`);
    if (misread.length > 0) faults.push(`${name}: read ${misread.join(", ")}`);
    faults.push(...changesSince(before).map((change) => `${name}: changed ${change}`));
  }
  return faults;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : "accepted";
}

/** The names of the options, as the refusal of an unknown one lists them. */
async function optionsOf(call: OptionCall["call"], valid: object): Promise<readonly string[]> {
  const thrown = await thrownBy(call, { ...valid, optoin: 1 });
  const list = thrown instanceof CaviarError ? /^(?:one of|no keys but) (.*)$/.exec(thrown.expected)?.[1] : undefined;
  return list?.split(", ") ?? [];
}

async function thrownBy(call: OptionCall["call"], record: object): Promise<unknown> {
  try {
    await call(record as never);
    return null;
  } catch (error) {
    return error;
  }
}

/** The objects that a script shares with all others, and the own members of each. */
export type Globals = ReadonlyMap<object, ReadonlyMap<string | symbol, PropertyDescriptor>>;

export function globals(): Globals {
  const roots = ["Object", "Array", "Function", "String", "Number", "Boolean", "Symbol", "Map", "Set", "WeakMap", "Promise", "Error"];
  const more = ["RegExp", "Date", "JSON", "Math", "Reflect", "Proxy", "Float64Array", "Int32Array", "Uint8Array", "ArrayBuffer"];
  const objects = [...roots, ...more].flatMap((name) => {
    const value = (globalThis as unknown as { readonly [name: string]: { readonly prototype?: object } })[name]!;
    return value.prototype === undefined ? [value] : [value, value.prototype];
  });
  return new Map(objects.map((object) => [object, membersOf(object)]));
}

function membersOf(object: object): ReadonlyMap<string | symbol, PropertyDescriptor> {
  return new Map(Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!]));
}

/** The members of global objects that are new, gone or different. */
export function changesSince(before: Globals): readonly string[] {
  return [...before].flatMap(([object, old]) => {
    const now = membersOf(object);
    return [...new Set([...old.keys(), ...now.keys()])].filter((key) => !same(old.get(key), now.get(key))).map(String);
  });
}

function same(one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Object.is(one.value, other.value) && one.get === other.get && one.set === other.set && one.writable === other.writable;
}
