/**
 * The progress of a study. A terminal shows it in one line. Elsewhere it is a line at every tenth of the trials, and at every new best
 * value.
 */
import { bar, liveLine, type TerminalStream } from "./liveLine.ts";

/** What the line says of a study: how many trials have ended at least once, run now, and have failed. */
export type StudyCounts = {
  readonly ended: number;
  readonly running: number;
  readonly failed: number;
  readonly best: { readonly trial: number; readonly values: readonly number[] } | null;
  /** null if it is not known. */
  readonly secondsLeft: number | null;
};

export type StudyProgress = {
  update(counts: StudyCounts): void;
  /** Removes the line from a terminal. */
  end(): void;
};

/** @param total how many trials the study is to start; null if another limit ends it. */
export function studyProgress(stream: TerminalStream, total: number | null): StudyProgress {
  const line = liveLine(stream);
  let said = "";
  let tenth = 0;
  return {
    update: (counts) => {
      const { ended } = counts;
      if (stream.isTTY === true) {
        line.draw(barOf(ended, total) + studyText(counts, total), counts.running === 0 ? "now" : undefined);
        return;
      }
      if (total !== null) tenth = Math.floor((10 * ended) / total);
      const saying = `${tenth} ${counts.best?.values}`;
      if (saying !== said && ended > 0) stream.write(`${studyText(counts, total)}\n`);
      said = saying;
    },
    end: line.end,
  };
}

/** A bar and a space; nothing if the total is not known. */
export function barOf(done: number, total: number | null): string {
  return total === null ? "" : `${bar(done / total)} `;
}

/** For instance `37/60 trials, 4 running, 1 failed, best 0.0312 (trial 12), 2 min left`. */
export function studyText({ ended, running, failed, best, secondsLeft }: StudyCounts, total: number | null): string {
  return [
    `${ended}${total === null ? "" : `/${total}`} trials`,
    ...(running > 0 ? [`${running} running`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(best === null ? [] : [bestText(best)]),
    ...(secondsLeft === null || secondsLeft === 0 ? [] : [`${durationText(secondsLeft)} left`]),
  ].join(", ");
}

function bestText({ values, trial }: NonNullable<StudyCounts["best"]>): string {
  return `best ${values.map(numberText).join(" and ")} (trial ${trial})`;
}

/** A number with at most six significant digits. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** For instance `42 s`, `7 min` or `3 h 5 min`. The seconds are rounded up. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
