/**
 * Abort signals without a DOM library. If the surrounding program has the platform's type `AbortSignal` (Node and browsers do), `Signal` is
 * that type, so you can pass a signal on to `fetch` and similar functions.
 */
type Abortable = {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
  throwIfAborted(): void;
};

/** The platform's `AbortSignal`, or an object with the same members. */
// biome-ignore lint/style/noRestrictedGlobals: a type query; nothing is read at run time.
export type Signal = typeof globalThis extends { readonly AbortSignal: { readonly prototype: infer S } } ? S : Abortable;

type Controller = { readonly signal: Signal; abort(reason?: unknown): void };
declare const AbortController: new () => Controller;

export function createAbort(): Controller {
  return new AbortController();
}
