/**
 * The lines of a run as they come about. What an earlier, interrupted run recorded comes first, after checking that this run asks for the
 * very same; new lines follow.
 */
import { JournalError } from "@caviar-hpo/core";
import type { EvaluationLine, TrainingLine } from "../arena/arena.ts";
import { canonicalJson } from "../record/canonical.ts";

/**
 * What the run would recommend from when it has spent the resource `from` until the next such line: the best trial at the highest fidelity
 * that any has reached. `value` is what that trial is worth in the end, without noise.
 */
export type RecommendationLine = {
  readonly from: number;
  readonly trial: number;
  readonly fidelity: number;
  readonly value: number | null;
};

/** A line of a run's record: measurements in their order, then, where resource is counted, the recommendations. */
export type RecordLine = EvaluationLine | TrainingLine | RecommendationLine;

export type Transcript = {
  readonly lines: readonly RecordLine[];
  /**
   * Adds a line that begins with `asked` and returns it. `find` gives the rest; it is called only where there is no recorded line.
   *
   * @throws JournalError where the recorded line does not begin so.
   */
  readonly add: <Asked extends object, Found extends object>(asked: Asked, find: () => Found) => Asked & Found;
  /** Like `add`, for a line whose last part is known only later. The line is not among `lines` until `complete` adds that part. */
  readonly open: <Asked extends object, Found extends object>(asked: Asked, find: () => Found) => Asked & Found;
  /** Completes the open line, if there is one. `find` gives its last part; it is called only where there is no recorded line. */
  readonly complete: (find: () => object) => void;
};

/** @param onLine called for each line that was not recorded. */
export function createTranscript(recorded: readonly RecordLine[], onLine: (line: RecordLine) => void): Transcript {
  const lines: RecordLine[] = [];
  let begun: RecordLine | null = null;
  const open = <Asked extends object, Found extends object>(asked: Asked, find: () => Found): Asked & Found => {
    const earlier = recorded[lines.length];
    if (earlier !== undefined && !beginsWith(earlier, asked)) throw diverged(lines.length, earlier, asked);
    begun = (earlier ?? { ...asked, ...find() }) as RecordLine;
    return begun as unknown as Asked & Found;
  };
  const complete = (find: () => object): void => {
    if (begun === null) return;
    const fresh = recorded[lines.length] === undefined;
    const line = (fresh ? { ...begun, ...find() } : begun) as RecordLine;
    begun = null;
    lines.push(line);
    if (fresh) onLine(line);
  };
  return {
    lines,
    open,
    complete,
    add: (asked, find) => {
      const line = open(asked, find);
      complete(() => ({}));
      return line;
    },
  };
}

/** What the strategy heard. */
export function toldIn(line: EvaluationLine | TrainingLine): number | null {
  return "value" in line && line.told === undefined ? line.value : line.told!;
}

/** Compares texts: a record does not tell 0 from -0. */
function beginsWith(line: RecordLine, asked: object): boolean {
  return canonicalJson(partOf(line, asked)) === canonicalJson(asked);
}

function partOf(line: RecordLine, asked: object): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => Object.hasOwn(asked, name)));
}

function diverged(index: number, recorded: RecordLine, asked: object): JournalError {
  return new JournalError({
    code: "diverged",
    what: `measurement ${index}`,
    expected: `the recorded ${canonicalJson(partOf(recorded, asked))}`,
    got: canonicalJson(asked),
    remedy: "A different version of the code wrote the record. Move it away, or run with --fresh.",
  });
}
