/**
 * What Caviar reads from files and lines, each with sound texts, and a check of what it does with any other text: a value, or one of
 * Caviar's errors that says what it expected, what it got and what to do. Nothing else may happen, and no global object may change.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readPlan } from "@caviar-hpo/bench";
import { CaviarError, type Json, limits, readHistory, replay } from "@caviar-hpo/core";
import { array, json, number, object, string } from "@caviar-hpo/core/read";
import { decodeProblem, eventDecoder, parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import { createSession } from "@caviar-hpo/runtime";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { createStrategy, strategies } from "@caviar-hpo/tune";
import fc from "fast-check";
import { sha256 } from "../packages/bench/src/record/canonical.ts";
import { chainStart, linked, withHash } from "../packages/bench/src/record/chain.ts";
import { endBody, headBody, type RunHead, readRecord, recordPath } from "../packages/bench/src/record/record.ts";
import { archiveName, packRuns } from "../packages/bench/src/verify/archive.ts";
import { withArchive } from "../packages/bench/src/verify/archiveDisk.ts";
import { manifestName, manifestOf, readManifest } from "../packages/bench/src/verify/manifest.ts";
import { readJson } from "../packages/cli/src/readJson.ts";
import { checksum } from "../packages/runtime/src/checksum.ts";
import { conversations } from "../packages/runtime/testing/conformance/run.mjs";
import { dataMutation, textMutation } from "./mutations.ts";
import { changesSince, type Globals } from "./poisoning.ts";
import { workspaceRoot } from "./workspace.ts";

export type FileReader = {
  readonly name: string;
  /** Texts that are read without an error. */
  readonly sound: readonly string[];
  /** @throws CaviarError, and nothing else. */
  readonly read: (text: string) => unknown;
  /** A changed value as text, with what lets it pass the first checks: the right checksum. JSON where it is left out. */
  readonly seal?: (value: unknown) => string;
  /** A text as data, of which parts are changed. JSON where it is left out. */
  readonly open?: (text: string) => unknown;
};

const formats = (path: string): string => join(workspaceRoot, "packages", path, "testing/formats/1");
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), "utf8");

/** Folders that the readers of files use; `remove` deletes them. */
const folder = mkdtempSync(join(tmpdir(), "caviar-hostile-"));
export function remove(): void {
  rmSync(folder, { recursive: true });
}

function inFile<T>(name: string, text: string, read: (path: string) => T): T {
  const path = join(folder, name);
  writeFileSync(path, text);
  return read(path);
}

const plans: FileReader = {
  name: "a plan",
  sound: ["every-key", "every-key-of-resource", "fewest-keys", "quick", "testbed"].map((name) =>
    textOf(formats("bench"), "plans", `${name}.json`),
  ),
  read: (text) => inFile("plan.json", text, (path) => readPlan(readJson("plan", path))),
};

const head: RunHead = { plan: "p", problem: "branin", strategy: "random", seed: 1 };
const runLines = [
  '{"config":{"c":"a","x":0.1},"fidelity":3,"resource":3.3,"told":0.5,"trial":0}',
  '{"fidelity":3,"from":3,"trial":0,"value":-0.25}',
];
const records = [
  recordReader("the record of a run", recordOf, ['{"told":{"$num":"NaN"},"value":5e-324,"x":[0.1,{"$num":"-0"}]}', ...runLines]),
  recordReader("the record of a run, format 1", recordOfFormat1, ['{"told":null,"value":5e-324,"x":[0.1,-2]}', ...runLines]),
];

/** @param recordOf the record with some lines between its head and its end. */
function recordReader(name: string, recordOf: (lines: readonly string[]) => string, lines: readonly string[]): FileReader {
  return {
    name,
    sound: lines.map((line) => recordOf([line, line])),
    read: (text) => inFile("1.jsonl", text, (path) => readRecord(nodeDisk, path, head)),
    open: (text) =>
      text
        .trimEnd()
        .split("\n")
        .slice(1, -1)
        .map((line) => withoutChain(JSON.parse(line) as object)),
    seal: (value) => recordOf((Array.isArray(value) ? value : [value]).map((line) => JSON.stringify(line) ?? "null")),
  };
}

function withoutChain(line: object): object {
  return Object.fromEntries(Object.entries(line).filter(([key]) => key !== "chain"));
}

/** With the right chains and the right hash. A line that is no object stands without a chain. */
function recordOf(lines: readonly string[]): string {
  let chain = chainStart;
  const add = (body: string): string => {
    const next = linked(chain, body);
    chain = next.chain;
    return `${next.line}\n`;
  };
  const above = [headBody(head), ...lines].map((line) => (line.endsWith("}") ? add(line) : `${line}\n`)).join("");
  const end = endBody(lines.length, { spent: { evaluations: 2, resource: 3.3, scratch: 3.3, time: 9 }, failed: null });
  return above + add(withHash(end, sha256(above + end.slice(0, -1))));
}

function recordOfFormat1(lines: readonly string[]): string {
  const above = [headBody(head, 1), ...lines].map((line) => `${line}\n`).join("");
  return `${above}{"sha256":"${sha256(above)}"}\n`;
}

const problem = {
  space: [
    { name: "rate", kind: "real", low: 1e-4, high: 1, scale: "log" },
    { name: "optimizer", kind: "choice", options: ["sgd", "adam"] },
    { name: "momentum", kind: "given", parent: "optimizer", values: ["sgd"], param: { kind: "real", low: 0, high: 1, step: 0.1 } },
  ],
  objectives: [{ name: "accuracy", goal: "maximize" }],
  fidelity: { unit: "epoch", min: 1, max: 27 },
  resumable: true,
};

/** A snapshot in the middle of a study. */
function snapshotOf(name: string): Snapshot {
  const session = createSession(strategies);
  const call = (method: string, params: object): unknown => resultOf(session, JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  call("open", { protocol: 1, seed: 7, strategy: { name }, problem });
  call("enqueue", { config: { rate: 0.01, optimizer: "adam" } });
  for (let round = 0; round < 4; round++) {
    const { jobs } = call("ask", { want: 3 }) as { readonly jobs: readonly { readonly id: number }[] };
    jobs.forEach(({ id }, place) => {
      if (place === 0) call("tell", { job: id, values: [id / 7] });
      if (place === 1 && round < 2) call("fail", { job: id, reason: "threw" });
    });
  }
  call("observe", { config: { rate: 0.1, optimizer: "adam" }, values: [0.5] });
  return (call("snapshot", {}) as { readonly snapshot: Snapshot }).snapshot;
}

type Snapshot = { readonly strategy: { readonly name: string }; readonly problem: Json; readonly seed: number; readonly events: Json };
const taken = ["random", "sobol", "hyperband", "asha", "populationBased"].map(snapshotOf);

const snapshots: FileReader = {
  name: "a snapshot",
  sound: taken.map((snapshot) => stringifyWire(snapshot)),
  read: (text) => resultOf(createSession(strategies), `{"jsonrpc":"2.0","id":1,"method":"restore","params":{"snapshot":${text}}}`),
  seal: (value) => {
    const sealed =
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? withChecksum(value as { readonly [key: string]: Json })
        : value;
    return JSON.stringify(sealed);
  },
};

function withChecksum({ checksum: _, ...body }: { readonly [key: string]: Json }): Json {
  try {
    return { ...body, checksum: checksum(parseWire(JSON.stringify(body))) };
  } catch {
    return body;
  }
}

/** The result of a request; its error is thrown as the client would see it. */
function resultOf(session: ReturnType<typeof createSession>, line: string): unknown {
  const text = session.answer(line)!;
  if (text.length > limits.lineBytes || /[\n\r]/.test(text)) throw new Error("an answer that is no line");
  const { result, error } = parseWire(text) as unknown as { readonly result?: Json; readonly error?: WireError };
  if (error === undefined) return result;
  if (text.length > 65_536 || !Number.isInteger(error.code)) throw new Error("an answer that is too long");
  if (error.data.code === "internal") throw new Error(error.data.got);
  throw new SeenError({ ...error.data, what: "request" });
}

type WireError = {
  readonly code: number;
  readonly data: { readonly code: string; readonly expected: string; readonly got: string; readonly remedy: string };
};
class SeenError extends CaviarError {}

const logs: FileReader = {
  name: "a saved log",
  sound: taken.map(({ strategy, problem: own, seed, events }) => stringifyWire({ name: strategy.name, problem: own, seed, events })),
  read: (text) => {
    const { problem: own, seed, events: log, name } = decodeStudy(parseWire(text), "study");
    const events = array(eventDecoder(own), limits.trials)(log, "events");
    return [readHistory(own, events), replay({ problem: own, strategy: createStrategy(name, {}, own), seed }, events).history];
  },
};
const decodeStudy = object({ problem: decodeProblem, seed: number, events: json, name: string });

const conversation = [...textOf(workspaceRoot, "docs/wire-format.md").matchAll(/^--> (.*)$/gm)].map((match) => match[1]!);
const lines: FileReader = {
  name: "a line of caviar serve",
  sound: conversation.filter((line) => line.startsWith("{") && !line.includes("NaN]")),
  read: (text) => hear(createSession(strategies), conversation.slice(0, 2), text),
};

const x = { name: "x", kind: "real", low: 0, high: 1 };
const digits = { protocol: 2, name: "digits", problem: { space: [x] }, strategy: { name: "random" }, seed: 42 };
const request = (method: string, params: object): string => JSON.stringify({ jsonrpc: "2.0", id: method, method, params });
/** Jobs 0 (finished), 1 (lost) and 2 (running). */
const begun = [
  request("open", digits),
  request("ask", { want: 3 }),
  request("tell", { job: 0, values: [0.5] }),
  request("fail", { job: 1, reason: "lost" }),
];
const namedLines: FileReader = {
  name: "a line about a named study",
  sound: conversations().flatMap(({ topic, steps }) =>
    (steps as readonly { readonly send?: object }[]).flatMap(({ send }) => {
      const text = JSON.stringify(send ?? []);
      return /reports|stored/.test(topic) && text.startsWith("{") && !text.includes("$ref") ? [text] : [];
    }),
  ),
  read: (text) => hear(createSession(strategies), begun, text),
};

/** What a session says after a line: that it is alive, unless the line has closed it. */
function hear(session: ReturnType<typeof createSession>, before: readonly string[], text: string): unknown {
  for (const line of before) session.answer(line);
  const answer = session.answer(text);
  if (answer !== null && (answer.length > limits.lineBytes || /[\n\r]/.test(answer))) throw new Error("an answer that is no line");
  if (answer?.includes('"code":-32603')) throw new Error(answer);
  return session.closed ? null : resultOf(session, '{"jsonrpc":"2.0","id":"alive","method":"strategies"}');
}

const root = join(folder, "studies");
/** The file that the name of a stored study is in. */
const namePath = ((): string => {
  const session = createSession(strategies, { root });
  session.answer(request("open", digits));
  session.end();
  return join("studies", readdirSync(root)[0]!, "name.json");
})();
const names: FileReader = {
  name: "the name of a stored study",
  sound: ['{"name":"digits"}'],
  read: (text) => inFile(namePath, text, () => resultOf(createSession(strategies, { root }), request("trials", { study: "digits" }))),
};

const manifest = manifestOf(
  { plan: "p", runs: 1, planned: 2, root: "r", files: { "runs/branin/random/1.jsonl": "f" } },
  { shards: ["1/2"], environments: [] },
);
const manifests: FileReader = {
  name: "a manifest",
  sound: [{ ...manifest }, { ...manifest, data: null, sha256: null }].map((one) => JSON.stringify({ kind: "manifest", format: 1, ...one })),
  read: (text) => inFile(manifestName, text, (path) => readManifest(nodeDisk, dirname(path))),
};

const archives: FileReader = {
  name: "the runs in an archive",
  sound: runLines.map((line) => recordOf([line, line])),
  read: (text) => {
    writeFileSync(join(folder, archiveName), packRuns([Buffer.from(text)]));
    return readRecord(withArchive(nodeDisk, folder), recordPath(folder, head), head);
  },
  open: (text) => JSON.parse(text.split("\n")[0]!) as unknown,
  seal: (value) => `${JSON.stringify(value)}\n`,
};

export const fileReaders: readonly FileReader[] = [plans, ...records, manifests, archives, snapshots, logs, lines, namedLines, names];

/** `fault` is what is wrong with how a text was read; null for nothing. */
export type Reading = { readonly refused: boolean; readonly fault: string | null };

/** @param before the global objects as they have to stay. */
export function readingOf({ read }: Pick<FileReader, "read">, text: string, before: Globals): Reading {
  let reading: Reading = { refused: false, fault: null };
  try {
    read(text);
  } catch (error) {
    reading = { refused: true, fault: faultOf(error) };
  }
  const changes = changesSince(before);
  return changes.length > 0 ? { ...reading, fault: `changed ${changes.join(", ")}` } : reading;
}

const mostCharacters = 20_000;

/** What is wrong with an error; null for nothing. */
function faultOf(error: unknown): string | null {
  if (!(error instanceof CaviarError)) return String(error instanceof Error ? error.stack : error);
  const { code, what, expected, got, remedy, message } = error;
  if ([code, what, expected, got, remedy].some((part) => typeof part !== "string" || part === "")) return `an empty part: ${message}`;
  return message.length > mostCharacters ? `a message of ${message.length} characters: ${message.slice(0, 200)}` : null;
}

/** Sound texts of a reader, changed as data or as text. */
export function mutated({ sound, open = JSON.parse, seal = JSON.stringify }: FileReader): fc.Arbitrary<string> {
  const structured = fc.constantFrom(...sound).chain((text) => dataMutation(open(text)).map((value) => seal(value) ?? "null"));
  return fc.oneof({ weight: 3, arbitrary: structured }, { weight: 2, arbitrary: fc.constantFrom(...sound).chain(textMutation) });
}
