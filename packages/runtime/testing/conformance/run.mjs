/**
 * Holds conversations with a server of docs/wire-format.md, and compares its answers with the expected ones. It checks any server that is
 * a program on standard input and output:
 *
 *     node run.mjs -- COMMAND [ARGUMENTS]
 *
 * Each file in `conversations/` is a list of conversations: `{ name, stored, steps }`. A step is one of
 *
 * - `{ send, expect }`: sends a message. The answer must match `expect`; without `expect` there must be none before the next answer.
 * - `{ line, expect }`: sends a line that need not be a message.
 * - `{ kill: true }`: ends the server by SIGKILL, and starts another.
 * - `{ ends: true }`: the server ends by itself with exit code 0.
 *
 * The server of a conversation that is `stored` is started with `--root` and a new folder. In `send`, `{ "$ref": name }` stands for what an
 * earlier answer had there. In `expect`, an object must have the listed members and may have others; a list must have the same length; and
 * these objects stand for values:
 *
 * | pattern | matches |
 * |---|---|
 * | `{ "$bind": name, "$is": pattern }` | what the pattern matches (anything by default), and keeps it for `$ref` |
 * | `{ "$ref": name }` | what was kept |
 * | `{ "$type": type }` | a `string`, `boolean`, `number`, `whole` number, `object` or `list` |
 * | `{ "$between": [low, high] }` | a number in this range |
 * | `{ "$oneOf": [...] }` | one of these values |
 * | `{ "$each": pattern }` | a list, each of whose elements matches |
 * | `{ "$has": pattern }` | a list, one of whose elements matches |
 * | `{ "$not": pattern }` | what the pattern does not match |
 * | `{ "$absent": true }` | as a member: there is none |
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

const folder = fileURLToPath(new URL("conversations/", import.meta.url));

/** All conversations, with the file that each is from. */
export function conversations() {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), "utf8")).map((one) => ({ topic: file.replace(".json", ""), ...one })));
}

/**
 * Holds a conversation with a server. Resolves to what went wrong; null if nothing did.
 *
 * @param start starts a server with a root, or without one if it is null: `program` of a command.
 */
export async function hold(start, { stored = false, steps }) {
  const root = stored ? mkdtempSync(join(tmpdir(), "conformance-")) : null;
  const kept = new Map();
  let server = start(root);
  try {
    for (const [index, step] of steps.entries()) {
      if (step.kill) {
        await server.kill();
        server = start(root);
        continue;
      }
      const fault = await take(server, step, kept);
      if (fault !== null) return `step ${index + 1}: ${fault}`;
    }
    return await server.quiet();
  } finally {
    await server.kill();
    if (root !== null) rmSync(root, { recursive: true, force: true });
  }
}

async function take(server, { send, line: given, expect, ends }, kept) {
  if (ends) return server.ended();
  const line = given ?? JSON.stringify(filled(send, kept));
  server.write(`${line}\n`);
  if (expect === undefined) return null;
  const text = await server.answer();
  if (text === null) return `${line}\n  expected ${JSON.stringify(expect)}\n  got no answer, and the server has ended`;
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    return `${line}\n  got ${text}, which is not JSON`;
  }
  const fault = mismatch(expect, answer, kept, "answer");
  return fault === null ? null : `${line}\n  ${fault}\n  in ${text.slice(0, 2000)}`;
}

/** Starts servers by a command. */
export function program([file, ...args]) {
  return (root) => {
    const child = spawn(file, [...args, ...(root === null ? [] : ["--root", root])], { stdio: ["pipe", "pipe", "inherit"] });
    const closed = new Promise((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code)));
    return serverOf({ input: child.stdin, output: child.stdout, closed, kill: () => child.kill("SIGKILL") });
  };
}

/**
 * A server that reads `input` and writes `output`. `closed` resolves to its exit code, also after `kill`.
 */
export function serverOf({ input, output, closed, kill }) {
  const lines = createInterface(output)[Symbol.asyncIterator]();
  closed.catch(() => {});
  input.on("error", () => {});
  const answer = async () => {
    const { value, done } = await lines.next();
    return done ? null : value;
  };
  return {
    write: (text) => input.write(text),
    answer,
    ended: async () => {
      const extra = await answer();
      if (extra !== null) return `expected the end, got ${extra}`;
      const code = await closed;
      return code === 0 ? null : `expected exit code 0, got ${code}`;
    },
    quiet: async () => {
      input.end();
      const extra = await answer();
      return extra === null ? null : `after the last step: expected no answer, got ${extra}`;
    },
    kill: async () => {
      kill();
      await closed;
    },
  };
}

/** A message with what earlier answers had. */
function filled(value, kept) {
  if (Array.isArray(value)) return value.map((element) => filled(element, kept));
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value) return kept.get(value.$ref);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, kept)]));
}

/** How a value differs from a pattern; null if it does not. */
export function mismatch(pattern, value, kept, at) {
  const fault = (expected) => `${at}: expected ${expected}, got ${value === undefined ? "nothing" : JSON.stringify(value)}`;
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value) || value.length !== pattern.length) return fault(`a list of ${pattern.length}`);
    return firstFault(pattern.map((element, index) => () => mismatch(element, value[index], kept, `${at}[${index}]`)));
  }
  if (typeof pattern !== "object" || pattern === null) return Object.is(pattern, value) ? null : fault(JSON.stringify(pattern));
  const special = Object.keys(patterns).find((key) => key in pattern);
  if (special !== undefined) return patterns[special](pattern, value, kept, at) ?? null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fault("an object");
  return firstFault(
    Object.entries(pattern).map(
      ([key, member]) =>
        () =>
          mismatch(member, own(value, key), kept, `${at}.${key}`),
    ),
  );
}

const own = (value, key) => (Object.hasOwn(value, key) ? value[key] : undefined);

function firstFault(checks) {
  for (const check of checks) {
    const fault = check();
    if (fault !== null) return fault;
  }
  return null;
}

const types = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  whole: Number.isInteger,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  list: Array.isArray,
};

const unless = (good, at, expected, value) =>
  good ? null : `${at}: expected ${expected}, got ${value === undefined ? "nothing" : JSON.stringify(value)}`;

const patterns = {
  $bind: ({ $bind, $is }, value, kept, at) => {
    const fault = $is === undefined ? unless(value !== undefined, at, "anything", value) : mismatch($is, value, kept, at);
    kept.set($bind, value);
    return fault;
  },
  $ref: ({ $ref }, value, kept, at) =>
    unless(isDeepStrictEqual(value, kept.get($ref)), at, `${$ref}, ${JSON.stringify(kept.get($ref))}`, value),
  $type: ({ $type }, value, _kept, at) => unless(types[$type](value), at, `a value of type ${$type}`, value),
  $between: ({ $between: [low, high] }, value, _kept, at) =>
    unless(typeof value === "number" && value >= low && value <= high, at, `a number in [${low}, ${high}]`, value),
  $oneOf: ({ $oneOf }, value, _kept, at) =>
    unless(
      $oneOf.some((one) => isDeepStrictEqual(one, value)),
      at,
      `one of ${JSON.stringify($oneOf)}`,
      value,
    ),
  $each: ({ $each }, value, kept, at) =>
    unless(Array.isArray(value), at, "a list", value) ??
    firstFault(value.map((element, index) => () => mismatch($each, element, kept, `${at}[${index}]`))),
  $has: ({ $has }, value, kept, at) =>
    unless(
      Array.isArray(value) && value.some((element) => mismatch($has, element, kept, at) === null),
      at,
      `a list with ${JSON.stringify($has)}`,
      value,
    ),
  $not: ({ $not }, value, kept, at) => unless(mismatch($not, value, kept, at) !== null, at, `anything but ${JSON.stringify($not)}`, value),
  $absent: (_pattern, value, _kept, at) => unless(value === undefined, at, "no such member", value),
};

async function main(args) {
  const command = args[0] === "--" ? args.slice(1) : args;
  if (command.length === 0) {
    process.stderr.write("Usage: node run.mjs -- COMMAND [ARGUMENTS]\n");
    return 2;
  }
  let failed = 0;
  const all = conversations();
  for (const one of all) {
    const fault = await hold(program(command), one);
    if (fault !== null) failed++;
    process.stdout.write(`${fault === null ? "ok" : "not ok"} ${one.topic}: ${one.name}\n${fault === null ? "" : `  ${fault}\n`}`);
  }
  process.stdout.write(`${all.length - failed} of ${all.length} conversations as expected\n`);
  return failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
