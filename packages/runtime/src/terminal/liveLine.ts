/** One line of a terminal that is written again in its place: a progress display. */
import type { Writable } from "node:stream";

/** `isTTY` is true on a terminal, which is `columns` wide. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export type LiveLine = {
  /** Draws the line, unless the last drawing was a moment ago. `now` draws it in any case. */
  draw(text: string, now?: "now"): void;
  /** Removes the line. */
  end(): void;
};

const redrawEveryMs = 80;
const clearLine = "\r\u001b[2K";

/** @param stream a terminal. */
export function liveLine(stream: TerminalStream): LiveLine {
  let drawnMs = -Infinity;
  return {
    draw: (text, now) => {
      const nowMs = performance.now();
      if (nowMs - drawnMs < redrawEveryMs && now === undefined) return;
      drawnMs = nowMs;
      stream.write(`${clearLine}${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    end: () => {
      if (drawnMs > -Infinity) stream.write(clearLine);
      drawnMs = -Infinity;
    },
  };
}

const barWidth = 30;

/** @param done the part that is done, from 0 to 1. */
export function bar(done: number): string {
  const filled = Math.round(barWidth * Math.min(1, Math.max(0, done)));
  return "█".repeat(filled) + "░".repeat(barWidth - filled);
}
