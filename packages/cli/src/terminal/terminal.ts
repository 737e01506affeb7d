import type { Readable, Writable } from "node:stream";

/** Where a command reads and writes: the process itself, or stand-ins. Results go to `stdout`, everything else to `stderr`. */
export type Terminal = { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: TerminalStream };

/** `isTTY` where a person watches, `columns` wide. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };
