/** A progress display: one line rewritten in place on a terminal, a line at every tenth elsewhere. */
import { printable } from "./printable.ts";
import type { TerminalStream } from "./terminal.ts";

export type ProgressLine = {
  /** `label` says what was done last. */
  update(done: number, total: number, label: string): void;
  /** Takes the line off a terminal. */
  end(): void;
};

const redrawEveryMs = 80;
const barWidth = 30;

export function progressLine(stream: TerminalStream): ProgressLine {
  const startedMs = performance.now();
  let shownMs = Number.NEGATIVE_INFINITY;
  let tenth = 0;
  return {
    update: (done, total, label) => {
      const nowMs = performance.now();
      const elapsedSeconds = (nowMs - startedMs) / 1000;
      const left = done === 0 ? "" : `, ${Math.ceil((elapsedSeconds / done) * (total - done))} s left`;
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
