/**
 * The lines of a run as they come about. What an earlier, interrupted run recorded comes first, after checking that this run asks for the
 * very same; new lines follow.
 */
import { JournalError } from "@caviar-hpo/core";
import type { EvaluationLine, TrainingLine } from "../arena/arena.ts";
import { canonicalWire } from "../record/canonical.ts";

/**
 * What the run would recommend from when it has spent the resource `from` until the next such line: the best trial at the highest fidelity
 * that any has reached. `value` is what that trial is worth in the end, without noise; NaN if it is worth nothing.
 */
export type RecommendationLine = {
  readonly from: number;
  readonly trial: number;
  readonly fidelity: number;
  readonly value: number;
};

/** A line of a run's record: measurements in their order, then, where resource is counted, the recommendations. */
export type RecordLine = EvaluationLine | TrainingLine | RecommendationLine;

export type Transcript = {
  readonly lines: readonly RecordLine[];
  /**
   * The next line if it was recorded, null if not.
   *
   * @throws JournalError where the recorded line does not begin with `asked`.
   */
  recorded(asked: object): RecordLine | null;
  /** Adds the next line. */
  add(line: RecordLine): void;
};

/** @param onLine called for each line that was not recorded. */
export function createTranscript(earlier: readonly RecordLine[], onLine: (line: RecordLine) => void): Transcript {
  const lines: RecordLine[] = [];
  return {
    lines,
    recorded: (asked) => {
      const line = earlier[lines.length];
      if (line === undefined) return null;
      if (!beginsWith(line, asked)) throw diverged(lines.length, line, asked);
      return line;
    },
    add: (line) => {
      lines.push(line);
      if (lines.length > earlier.length) onLine(line);
    },
  };
}

/** What the strategy heard. */
export function toldIn(line: EvaluationLine | TrainingLine): number {
  return "value" in line && line.told === undefined ? line.value : line.told!;
}

/** Compares texts, which tell all numbers apart. */
function beginsWith(line: RecordLine, asked: object): boolean {
  return canonicalWire(partOf(line, asked)) === canonicalWire(asked);
}

function partOf(line: RecordLine, asked: object): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => Object.hasOwn(asked, name)));
}

function diverged(index: number, recorded: RecordLine, asked: object): JournalError {
  return new JournalError({
    code: "diverged",
    what: `measurement ${index}`,
    expected: `the recorded ${canonicalWire(partOf(recorded, asked))}`,
    got: canonicalWire(asked),
    remedy: "A different version of the code wrote the record. Move it away, or run with --fresh.",
  });
}
