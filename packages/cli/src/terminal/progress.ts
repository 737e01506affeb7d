/** A progress display: one line rewritten in place on a terminal, a line at every tenth elsewhere. Goes to standard error. */
import { printable } from "./printable.ts";

export type ProgressLine = { update(done: number, total: number, label: string): void; end(): void };

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const startedMs = performance.now();
  let shownMs = Number.NEGATIVE_INFINITY;
  let tenth = 0;
  return {
    update: (done, total, label) => {
      const nowMs = performance.now();
      const elapsedSeconds = (nowMs - startedMs) / 1000;
      const left = done === 0 ? "" : `, ${Math.ceil((elapsedSeconds / done) * (total - done))} s left`;
      const counts = `${String(done).padStart(String(total).length)}/${total}`;
      if (!stream.isTTY) {
        const reached = Math.floor((10 * done) / total);
        if (reached > tenth) stream.write(`${counts} runs, ${elapsedSeconds.toFixed(0)} s${left}\n`);
        tenth = reached;
        return;
      }
      if (nowMs - shownMs < 80 && done < total) return;
      shownMs = nowMs;
      const filled = Math.round((30 * done) / total);
      const line = `${"█".repeat(filled)}${"░".repeat(30 - filled)} ${counts}${left}  ${printable(label)}`;
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    end: () => {
      if (stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}
