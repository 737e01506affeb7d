/** The progress of a campaign. A terminal shows it in one line. Elsewhere a line says what was kept, and others come at every tenth. */
import { bar, liveLine, type TerminalStream } from "./liveLine.ts";
import { printable } from "./printable.ts";

/** `kept` of the `done` runs existed before. They took no time, so the estimate of the remaining time ignores them. */
export type Counts = { readonly done: number; readonly total: number; readonly kept: number };

export type RunProgress = {
  /** @param label names the last run that ended. */
  update(counts: Counts, label: string): void;
  /** Removes the line from a terminal. */
  end(): void;
};

/** @param unit what is counted, as a plural. */
export function runProgress(stream: TerminalStream, unit = "runs"): RunProgress {
  const startedMs = performance.now();
  const line = liveLine(stream);
  let tenth = 0;
  let keptSaid = false;
  return {
    update: ({ done, total, kept }, label) => {
      const elapsedSeconds = (performance.now() - startedMs) / 1000;
      const left = done === kept ? "" : `, ${Math.ceil((elapsedSeconds / (done - kept)) * (total - done))} s left`;
      const counts = `${String(done).padStart(String(total).length)}/${total}`;
      if (stream.isTTY === true) line.draw(`${bar(done / total)} ${counts}${left}  ${printable(label)}`, done < total ? undefined : "now");
      else if (done > kept || done === total) {
        if (kept > 0 && !keptSaid) {
          stream.write(`${kept} of ${total} ${unit} were there already\n`);
          keptSaid = true;
          tenth = Math.floor((10 * kept) / total);
        }
        const reached = Math.floor((10 * done) / total);
        if (reached > tenth) stream.write(`${counts} ${unit}, ${elapsedSeconds.toFixed(0)} s${left}\n`);
        tenth = reached;
      }
    },
    end: line.end,
  };
}
