import type { EventEmitter } from "node:events";
import type { Readable } from "node:stream";
import type { TerminalStream } from "@caviar-hpo/runtime/terminal";

/** What a command stands on: the process, or what a test gives. Results go to `stdout`, everything else to `stderr`. */
export type Terminal = {
  readonly stdin: Readable;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly env: { readonly [name: string]: string | undefined };
  /** Emits SIGINT for each Ctrl-C, and SIGTERM. A signal without a listener ends the process. */
  readonly signals: Pick<EventEmitter, "on" | "off">;
};
