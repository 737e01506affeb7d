/** A progress display: one line rewritten in place on a terminal, a line at every tenth elsewhere. */
import { printable } from "./printable.ts";
import type { TerminalStream } from "./terminal.ts";

/** `kept` of those done took no time, and say nothing about what the rest will take. */
export type Counts = { readonly done: number; readonly total: number; readonly kept: number };

export type ProgressLine = {
  /** `label` says what was done last. */
  update(counts: Counts, label: string): void;
  /** Takes the line off a terminal. */
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
