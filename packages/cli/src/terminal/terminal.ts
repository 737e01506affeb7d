import type { Readable, Writable } from "node:stream";

/** The streams of a command: those of the process, or those of a test. Results go to `stdout`, everything else to `stderr`. */
export type Terminal = { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: TerminalStream };

/** `isTTY` is true on a terminal, which is `columns` wide. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };
