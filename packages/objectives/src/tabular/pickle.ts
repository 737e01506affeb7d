/**
 * Reads the plain subset of Python's pickle format (protocol 4): dictionaries with keys of ASCII text, lists, and floating-point numbers.
 * A pickle is a program for a small stack machine (Python's module `pickletools` describes it). Every instruction that could name, build
 * or call something is refused, like all others that the subset does not need. So a pickle from outside can do nothing but be data.
 */
import { ConfigError } from "@caviar-hpo/core";

/** A value of a plain pickle. Values that the pickle names twice are the same object. */
export type PlainPickle = number | string | readonly PlainPickle[] | ReadonlyMap<string, PlainPickle>;

/** @throws ConfigError for bytes that are no pickle of this subset, with the position of the first byte that is wrong. */
export function readPickle(bytes: Uint8Array): PlainPickle {
  const machine = createMachine(bytes);
  if (machine.byte() !== opcodes.proto || machine.byte() !== 4) refuse("the first two bytes of a pickle of protocol 4", "others", 0);
  for (;;) {
    const at = machine.position();
    const opcode = machine.byte();
    if (opcode === opcodes.stop) return machine.result();
    const step = steps.get(opcode);
    if (step === undefined)
      refuse("one of the instructions of plain data", `the instruction 0x${opcode.toString(16).padStart(2, "0")}`, at);
    step(machine);
  }
}

const opcodes = { proto: 0x80, stop: 0x2e };

/** What the instructions do, by their codes. The names are those of `pickletools`. */
const steps: ReadonlyMap<number, (machine: PickleMachine) => void> = new Map([
  // FRAME: its length only tells how far to read ahead.
  [0x95, (machine: PickleMachine) => machine.skip(8)],
  // EMPTY_DICT, EMPTY_LIST, MARK
  [0x7d, (machine: PickleMachine) => machine.push(new Map())],
  [0x5d, (machine: PickleMachine) => machine.push([])],
  [0x28, (machine: PickleMachine) => machine.push(mark)],
  // MEMOIZE, BINGET, LONG_BINGET
  [0x94, (machine: PickleMachine) => machine.memoize()],
  [0x68, (machine: PickleMachine) => machine.recall(machine.byte())],
  [0x6a, (machine: PickleMachine) => machine.recall(machine.word())],
  // SHORT_BINUNICODE, BINFLOAT
  [0x8c, (machine: PickleMachine) => machine.push(machine.text(machine.byte()))],
  [0x47, (machine: PickleMachine) => machine.push(machine.double())],
  // APPENDS, SETITEMS
  [0x65, (machine: PickleMachine) => machine.append()],
  [0x75, (machine: PickleMachine) => machine.setItems()],
]);

const mark = Symbol("mark");
type Growing = number | string | PlainPickle[] | Map<string, PlainPickle>;
type PickleMachine = ReturnType<typeof createMachine>;

function createMachine(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: (Growing | typeof mark)[] = [];
  const memo: Growing[] = [];
  let at = 0;
  const take = (count: number): number => {
    if (at + count > bytes.length) refuse(`${count} more bytes`, "the end of the data", at);
    at += count;
    return at - count;
  };
  const value = (found: Growing | typeof mark | undefined): Growing =>
    found === undefined || found === mark ? refuse("a value on the stack", found === undefined ? "an empty stack" : "a mark", at) : found;
  /** What is above the last mark. Both leave the stack. */
  const aboveMark = (): readonly Growing[] => {
    const from = stack.lastIndexOf(mark);
    if (from < 0) refuse("a mark on the stack", "none", at);
    const above = stack.slice(from + 1) as Growing[];
    stack.length = from;
    return above;
  };
  return {
    position: () => at,
    byte: () => bytes[take(1)]!,
    word: () => view.getUint32(take(4), true),
    double: () => view.getFloat64(take(8)),
    skip: take,
    text: (length: number) => {
      const from = take(length);
      for (let k = from; k < at; k++) if (bytes[k]! > 126) refuse("a text of ASCII characters", `the byte ${bytes[k]}`, k);
      return String.fromCharCode(...bytes.subarray(from, at));
    },
    push: (pushed: Growing | typeof mark) => {
      stack.push(pushed);
    },
    memoize: () => {
      memo.push(value(stack.at(-1)));
    },
    recall: (index: number) => {
      stack.push(memo[index] ?? refuse(`the number of a memoized value, below ${memo.length}`, `${index}`, at));
    },
    append: () => {
      const added = aboveMark();
      const list = value(stack.at(-1));
      if (!Array.isArray(list)) return refuse("a list", "another value", at);
      for (const one of added) list.push(one);
    },
    setItems: () => {
      const added = aboveMark();
      const map = value(stack.at(-1));
      if (!(map instanceof Map)) return refuse("a dictionary", "another value", at);
      for (let k = 0; k < added.length; k += 2) {
        const key = added[k]!;
        if (typeof key !== "string" || map.has(key)) return refuse("keys that are texts and differ", "another key", at);
        map.set(key, added[k + 1] ?? refuse("a value for each key", "none", at));
      }
    },
    result: (): PlainPickle => {
      if (stack.length !== 1 || at !== bytes.length) refuse("one value, and the end of the data", "more", at);
      return value(stack[0]);
    },
  };
}

function refuse(expected: string, got: string, at: number): never {
  throw new ConfigError({
    code: "badPickle",
    what: `byte ${at} of a pickle`,
    expected,
    got,
    remedy: "Fetch the file again. Only plain tables of numbers are read.",
  });
}
