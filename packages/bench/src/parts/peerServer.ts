/** The Python server of the peers, for programs that ask it without a campaign. */
import { python, writePeers } from "./peers.ts";
import { openWire, type Wire } from "./wire.ts";

export { interpreterOf, type PeerNeeds, peerNames } from "./peers.ts";

/** Calls methods of `benchmarks/peers/serve.py`, and waits for their results. */
export type PeerServer = Pick<Wire, "call" | "close">;

/** Starts the server with the interpreter of a peer. It must be closed. @param timeoutSeconds for each answer. */
export function startPeerServer(peer: string, timeoutSeconds: number): PeerServer {
  const { folder, remove } = writePeers();
  const { call, close } = openWire("the peers", { command: [python(peer), "serve.py"], cwd: folder, inherit: [], timeoutSeconds });
  return {
    call,
    close: () => {
      close();
      remove();
    },
  };
}
