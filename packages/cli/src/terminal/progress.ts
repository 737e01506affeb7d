/** A progress display. On a terminal it rewrites one line in place. Elsewhere it prints a line at every tenth of the work. */
import { printable } from "./printable.ts";
import type { TerminalStream } from "./terminal.ts";

/** `kept` of the `done` runs existed before. They took no time, so the estimate of the remaining time ignores them. */
export type Counts = { readonly done: number; readonly total: number; readonly kept: number };

export type ProgressLine = {
  /** @param label names the last run that ended. */
  update(counts: Counts, label: string): void;
  /** Removes the line from a terminal. */
  end(): void;
};

const redrawEveryMs = 80;
const barWidth = 30;

export function progressLine(stream: TerminalStream): ProgressLine {
  const startedMs = performance.now();
  let shownMs = -Infinity;
  let tenth = 0;
  return {
    update: ({ done, total, kept }, label) => {
      const nowMs = performance.now();
      const elapsedSeconds = (nowMs - startedMs) / 1000;
      const left = done === kept ? "" : `, ${Math.ceil((elapsedSeconds / (done - kept)) * (total - done))} s left`;
      const counts = `${String(done).padStart(String(total).length)}/${total}`;
      if (stream.isTTY !== true) {
        const reached = Math.floor((10 * done) / total);
        if (reached > tenth) stream.write(`${counts} runs, ${elapsedSeconds.toFixed(0)} s${left}\n`);
        tenth = reached;
        return;
      }
      if (nowMs - shownMs < redrawEveryMs && done < total) return;
      shownMs = nowMs;
      const filled = Math.round((barWidth * done) / total);
      const line = `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${counts}${left}  ${printable(label)}`;
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    end: () => {
      if (stream.isTTY === true) stream.write("\r\u001b[2K");
    },
  };
}
