import type { Readable, Writable } from "node:stream";

export type Conversation = {
  readonly topic: string;
  readonly name: string;
  readonly stored?: boolean;
  readonly steps: readonly object[];
};

/** A server that runs. */
export type Held = { kill(): Promise<void> };
export type Start = (root: string | null) => Held;

export function conversations(): readonly Conversation[];
export function hold(start: Start, conversation: Conversation): Promise<string | null>;
export function program(command: readonly string[]): Start;
export function serverOf(streams: {
  readonly input: Writable;
  readonly output: Readable;
  readonly closed: Promise<number | null>;
  readonly kill: () => void;
}): Held;
