/**
 * A turn of the host. The thread goes back to the program that surrounds the study, so that its timers fire, its signals arrive and its
 * page is drawn. A promise alone does not do this: its callbacks run before all of these.
 */
type Port = { onmessage: (() => void) | null; postMessage(message: null): void; close(): void };

declare const setImmediate: ((callback: () => void) => unknown) | undefined;
declare const MessageChannel: (new () => { readonly port1: Port; readonly port2: Port }) | undefined;

/** Taken when the module is loaded: a test that replaces the timers of its program does not stop the driver. */
const immediate = typeof setImmediate === "function" && setImmediate;
const Channel = typeof MessageChannel === "function" && MessageChannel;

/** Resolves after a turn: at once on a bare engine, which has neither timers nor signals. */
export function hostTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (immediate) immediate(resolve);
    else if (Channel) passMessage(new Channel(), resolve);
    else resolve();
  });
}

/** Browsers deliver a message in a task of its own. They delay timers of 0 ms by up to 4 ms. */
function passMessage({ port1, port2 }: { readonly port1: Port; readonly port2: Port }, then: () => void): void {
  port1.onmessage = () => {
    port1.close();
    then();
  };
  port2.postMessage(null);
}
