/** The Python server of the peers, for programs that ask it without a campaign. */
import { python, writePeers } from "./peers.ts";
import { openWire, type Wire } from "./wire.ts";

/** Calls methods of `benchmarks/peers/serve.py`, and waits for their results. */
export type PeerServer = Pick<Wire, "call" | "close">;

/** Starts the server with the interpreter of CAVIAR_PYTHON. It must be closed. @param timeoutSeconds for each answer. */
export function startPeerServer(timeoutSeconds: number): PeerServer {
  const { folder, remove } = writePeers();
  const { call, close } = openWire("the peers", { command: [python(), "serve.py"], cwd: folder, inherit: [], timeoutSeconds });
  return {
    call,
    close: () => {
      close();
      remove();
    },
  };
}
