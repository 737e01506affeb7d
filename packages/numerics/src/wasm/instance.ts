/**
 * Instances of the embedded WebAssembly module, made synchronously: it is a few kilobytes, so nothing is fetched and nothing waits.
 * The module is compiled once, when the first instance is wanted, and each instance has a memory of its own.
 */

import { decodeBase64 } from "./base64.ts";
import { type KernelFunctions, kernelBytes } from "./kernels.generated.ts";

export type Kernels = Readonly<KernelFunctions>;
export type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number };
/** `start` is the address where the memory that the module does not use itself begins. */
export type Instance = { readonly kernels: Kernels; readonly memory: Memory; readonly start: number };

/** Only what is used here: the standard library without DOM does not know WebAssembly. */
type Module = { readonly kind: "WebAssembly.Module" };
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  readonly Instance: new (module: Module) => { readonly exports: KernelFunctions & { readonly memory: Memory } };
};

let compiled: Module | undefined;

/** An instance with `bytes` bytes of zeroed memory from `start` on. RangeError where the machine has not that much. */
export function instantiate(bytes: number): Instance {
  compiled ??= new WebAssembly.Module(decodeBase64(kernelBytes));
  const { exports: kernels } = new WebAssembly.Instance(compiled);
  const { memory } = kernels;
  const start = Math.ceil(kernels.heapBase() / CACHE_LINE) * CACHE_LINE;
  const missing = Math.ceil((start + bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
  return { kernels, memory, start };
}

const PAGE = 65536;
const CACHE_LINE = 64;
