/** One line of a terminal that is written again in its place: a progress display. */
import type { Writable } from "node:stream";

/** `isTTY` is true on a terminal, which is `columns` wide. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export type LiveLine = {
  /** Draws the line: a moment later if the last drawing was a moment ago, and then the latest text. `now` draws it at once. */
  draw(text: string, now?: "now"): void;
  /** Removes the line. */
  end(): void;
};

const redrawEveryMs = 80;
const clearLine = "\r\u001b[2K";
/** A terminal that does not know its width says 0. */
const usualColumns = 80;

/** @param stream a terminal. */
export function liveLine(stream: TerminalStream): LiveLine {
  let drawnMs = -Infinity;
  let isDrawn = false;
  let later: NodeJS.Timeout | undefined;
  const drawNow = (text: string): void => {
    clearTimeout(later);
    drawnMs = performance.now();
    isDrawn = true;
    stream.write(`${clearLine}${text.slice(0, Math.max(20, (stream.columns || usualColumns) - 1))}`);
  };
  return {
    draw: (text, now) => {
      const waitMs = drawnMs + redrawEveryMs - performance.now();
      if (waitMs <= 0 || now !== undefined) drawNow(text);
      else {
        clearTimeout(later);
        later = setTimeout(() => drawNow(text), waitMs);
        later.unref();
      }
    },
    end: () => {
      clearTimeout(later);
      if (isDrawn) stream.write(clearLine);
      isDrawn = false;
    },
  };
}

const barWidth = 30;

/** @param done the part that is done, from 0 to 1. */
export function bar(done: number): string {
  const filled = Math.round(barWidth * Math.min(1, Math.max(0, done)));
  return "█".repeat(filled) + "░".repeat(barWidth - filled);
}
