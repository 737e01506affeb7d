/** A link to one worker in Node. The link knows how the worker was started, and how it is ended. */
import type { CaviarError } from "@caviar-hpo/core";

/** How a worker ended: "exited" by what its objective did, or "lost" by something else. */
export type LinkEnd = { readonly kind: "exited" | "lost"; readonly how: string };

export type LinkListener = {
  /** @param bytes a checkpoint that came with the message. */
  onMessage(text: string, bytes: Uint8Array | null): void;
  /** The worker is alive. */
  onBeat(): void;
  /** What it said is no message. */
  onFault(error: CaviarError): void;
};

export type Link = {
  /** For instance "process 4711". */
  readonly name: string;
  send(text: string, checkpoint: Uint8Array | null): void;
  /** Removes a checkpoint from the worker's folder; null if there is no such file. */
  take(file: number): Uint8Array | null;
  /** Asks an idle worker to end. */
  close(): void;
  kill(): void;
  /** Resolves once nothing of the worker is running. */
  readonly ended: Promise<LinkEnd>;
};

/** Starts a worker. @param environment what it gets besides the environment of this process. */
export type OpenLink = (environment: { readonly [name: string]: string }, listener: LinkListener) => Link;
