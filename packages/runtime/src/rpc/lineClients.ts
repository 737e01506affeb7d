/** Clients that send lines. Each has a conversation of its own, and what goes wrong with one client ends its conversation only. */
import type { Duplex } from "node:stream";
import { sharedLineLength } from "./limits.ts";
import type { Service } from "./listen.ts";
import { sessionOver } from "./session.ts";
import { serveLines } from "./stdio.ts";

export type LineClients = {
  /** How many there are. */
  readonly count: number;
  /** Begins a conversation, which ends with the stream. */
  add(stream: Duplex): void;
  /** Ends all conversations. Resolves when their studies are left. */
  end(): Promise<void>;
};

export function lineClients(service: Service): LineClients {
  const open = new Map<Duplex, Promise<void>>();
  return {
    get count() {
      return open.size;
    },
    add: (stream) => {
      stream.on("error", () => {});
      open.set(
        stream,
        converse(service, stream).finally(() => open.delete(stream)),
      );
    },
    end: async () => {
      const conversations = [...open.values()];
      for (const stream of open.keys()) stream.destroy();
      await Promise.all(conversations);
    },
  };
}

async function converse({ studies, terms, pause }: Service, stream: Duplex): Promise<void> {
  const session = sessionOver(studies, { ...terms, lineLength: sharedLineLength });
  try {
    await serveLines(session, stream, stream, sharedLineLength, pause);
    stream.end();
  } catch {
    stream.destroy();
  }
}
