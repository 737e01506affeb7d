/**
 * All run files of a campaign in one file, `runs.jsonl.gz`: one after the other in the order of the cells, compressed with gzip at its
 * highest level. The bytes depend on the runs and on the version of zlib in Node, and not on the time or the machine. Every program that
 * reads gzip and JSON lines reads it: `zcat runs.jsonl.gz`, or `pandas.read_json(path, lines=True)`. A run begins with its head line.
 *
 * Two things are left out, because they follow from the rest, and no compression finds that out: the chains of the lines, whose place in
 * the head has an empty text, and the configuration of a trial on all its lines but the first.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { JournalError } from "@caviar-hpo/core";
import { chainStart, linked, unlinked } from "../record/chain.ts";

export const archiveName = "runs.jsonl.gz";

/** @param files the contents of run files. */
export function packRuns(files: readonly Uint8Array[]): Buffer {
  const bytes = gzipSync(Buffer.concat(files.map((file) => shortened(Buffer.from(file)))), { level: 9 });
  // The byte that names the operating system (RFC 1952, section 2.3.1): 255 stands for none.
  bytes[9] = 255;
  return bytes;
}

/**
 * The contents of the run files.
 *
 * @param what names the archive in an error.
 * @throws JournalError for bytes that are no such archive, or of more than 2 GiB of runs.
 */
export function unpackRuns(bytes: Uint8Array, what: string): readonly Buffer[] {
  const text = unzipped(bytes, what);
  const starts: number[] = [];
  for (let at = 0; at >= 0 && at < text.length; at = nextHead(text, at)) starts.push(at);
  return starts.map((start, index) => restored(text.subarray(start, starts[index + 1])));
}

/** A run file as the archive has it. A file that would not come back with the same bytes stays as it is. */
function shortened(file: Buffer): Buffer {
  const configs = new Map<string, string>();
  let chain = chainStart;
  const lines: string[] = [];
  for (const line of linesOf(file)) {
    const found = unlinked(chain, line);
    if (found === null) return file;
    chain = found.chain;
    lines.push(lines.length === 0 ? `${found.body.slice(0, -1)}${noChain}` : withoutConfig(found.body, configs));
  }
  const short = Buffer.from(textOf(lines));
  return restored(short).equals(file) ? short : file;
}

function restored(short: Buffer): Buffer {
  const [head, ...rest] = linesOf(short);
  if (!head?.endsWith(noChain)) return short;
  const configs = new Map<string, string>();
  let chain = chainStart;
  const lines = [`${head.slice(0, -noChain.length)}}`, ...rest].map((line) => {
    const next = linked(chain, withConfig(line, configs));
    chain = next.chain;
    return next.line;
  });
  return Buffer.from(textOf(lines));
}

/** How a head ends whose lines have no chains. */
const noChain = ',"chain":""}';

/** The keys of a line are sorted, and all that follows the configuration are numbers. So its end is found without parsing. */
const [configStart, configEnd] = ['{"config":', ',"fidelity":'];
const trialAtEnd = /"trial":(\d+)\}$/;

function withoutConfig(line: string, configs: Map<string, string>): string {
  const trial = trialAtEnd.exec(line)?.[1];
  if (trial === undefined || !line.startsWith(configStart)) return line;
  const end = line.lastIndexOf(configEnd);
  const config = line.slice(configStart.length, end);
  if (configs.get(trial) === config) return `{${line.slice(end + 1)}`;
  configs.set(trial, config);
  return line;
}

function withConfig(line: string, configs: Map<string, string>): string {
  const trial = trialAtEnd.exec(line)?.[1];
  if (trial === undefined) return line;
  if (line.startsWith(configStart)) configs.set(trial, line.slice(configStart.length, line.lastIndexOf(configEnd)));
  const config = configs.get(trial);
  return config !== undefined && trained.test(line) ? `${configStart}${config},${line.slice(1)}` : line;
}

/** A line of a training without its configuration. Recommendations have a key `from` in place of `resource`. */
const trained = /^\{"fidelity":[^,]*,"resource":/;

function linesOf(file: Buffer): readonly string[] {
  return file.toString().split("\n").slice(0, -1);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** The keys of a line are sorted, and only those of a head begin with this one. */
const headStart = '{"format":';

function nextHead(text: Buffer, from: number): number {
  const newline = text.indexOf(`\n${headStart}`, from);
  return newline < 0 ? newline : newline + 1;
}

function unzipped(bytes: Uint8Array, what: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: 2 ** 31 - 1 });
  } catch (error) {
    throw new JournalError({
      code: "corrupt",
      what,
      expected: "runs that are compressed with gzip",
      got: (error as Error).message,
      remedy: "Restore the file.",
    });
  }
}
