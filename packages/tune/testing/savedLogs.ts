/** The event logs that released versions wrote, read as their users read them today. `formats/README.md` tells what the files hold. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Event, type Job, type Json, limits, type Problem, upgradeLog } from "@caviar-hpo/core";
import { array, boolean, type Decoder, json, number, object, oneOf, string, whole } from "@caviar-hpo/core/read";
import { decodeProblem, eventDecoder, jobDecoder, parseWire } from "@caviar-hpo/core/wire";
import type { StrategyOptions } from "../src/index.ts";

export type SavedLog = {
  /** Of the format, the strategy and the study: `1/asha, plain`. */
  readonly title: string;
  readonly strategy: string;
  /** The strategy's version at that time. */
  readonly version: number;
  readonly options: StrategyOptions;
  readonly problem: Problem;
  readonly seed: string | number;
  readonly events: readonly Event[];
  /** The jobs that the study hands out when it is asked for `want` after the log. */
  readonly next: { readonly want: number; readonly jobs: readonly Job[] };
};

const folder = fileURLToPath(new URL("formats/", import.meta.url));

/** All logs of all formats. */
export function readSavedLogs(): readonly SavedLog[] {
  const formats = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return formats.flatMap(({ name: format }) =>
    readdirSync(`${folder}${format}`).flatMap((file) => readFile(format, `${folder}${format}/${file}`)),
  );
}

/** One reader for each format: it gives what the current code understands. */
const readers: { readonly [format: string]: (study: Json, strategy: string) => Omit<SavedLog, "title"> } = { 1: readFormat1 };

function readFile(format: string, path: string): readonly SavedLog[] {
  const read = readers[format];
  if (read === undefined) throw new Error(`${path}: nothing reads format ${format}`);
  const { format: claimed, strategy, studies } = decodeFile(parseWire(readFileSync(path, "utf8")), path);
  if (String(claimed) !== format) throw new Error(`${path}: it is of format ${claimed}`);
  return studies.map((study) => ({ title: `${format}/${strategy}, ${(study as { name: string }).name}`, ...read(study, strategy) }));
}

const decodeFile = object({ format: whole(1, 1_000_000), writtenBy: string, strategy: string, studies: array(json, 16, 3) });

function readFormat1(study: Json, strategy: string): Omit<SavedLog, "title"> {
  const { problem } = study as { readonly problem: Json };
  const { name: _, next, ...saved } = format1(decodeProblem(problem))(study, strategy);
  return {
    strategy,
    ...saved,
    events: upgradeLog(1, saved.problem, saved.events),
    next: { want: next.want, jobs: upgradeJobs(saved.problem, next.jobs) },
  };
}

/** The jobs of an answer, by way of the event that a log would hold. */
function upgradeJobs(problem: Problem, jobs: readonly Job[]): readonly Job[] {
  const [asked] = upgradeLog(1, problem, [{ kind: "asked", want: jobs.length, jobs, directives: [], then: "more", atMs: 0 }]);
  return asked?.kind === "asked" ? asked.jobs : [];
}

function format1(problem: Problem) {
  return object({
    name: string,
    problem: decodeProblem,
    seed: decodeSeed,
    options: decodeOptions,
    version: whole(0, Number.MAX_SAFE_INTEGER),
    events: array(eventDecoder(problem), limits.want),
    next: object({ want: oneOf(5), jobs: array(jobDecoder(problem), 5, 1) }),
  });
}

const decodeSeed: Decoder<string | number> = (value, path) => (typeof value === "string" ? value : number(value, path));

const decodeOptions: Decoder<StrategyOptions> = (value, path) =>
  Object.fromEntries(
    Object.entries(json(value, path) as { readonly [name: string]: Json }).map(([name, option]) => [name, scalar(option, path)]),
  );

const scalar: Decoder<string | number | boolean> = (value, path) =>
  typeof value === "string" || typeof value === "number" ? value : boolean(value, path);
