/**
 * Instances of the embedded WebAssembly module, made synchronously: it is a few kilobytes, so nothing is fetched and nothing waits.
 * The module is compiled once, when the first instance is wanted, and each instance has a memory of its own.
 */

import { decodeHexadecimal } from "./hexadecimal.ts";
import { type KernelFunctions, kernelBytes, kernelDigits } from "./kernels.generated.ts";

export type Kernels = Readonly<KernelFunctions>;
export type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number };
export type Instance = {
  readonly kernels: Kernels;
  readonly memory: Memory /** Where the memory that the module does not use itself begins. */;
  readonly start: number;
};

/** Only what is used here: the standard library without DOM does not know WebAssembly. */
type Module = { readonly kind: "WebAssembly.Module" };
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  readonly Instance: new (module: Module) => { readonly exports: KernelFunctions & { readonly memory: Memory } };
};

let compiled: Module | undefined;

/** An instance with the least memory; RangeError where the machine has no room for one more. */
export function instantiate(): Instance {
  compiled ??= new WebAssembly.Module(decodeHexadecimal(kernelBytes, kernelDigits));
  const { exports: kernels } = new WebAssembly.Instance(compiled);
  const start = Math.ceil(kernels.heapBase() / CACHE_LINE) * CACHE_LINE;
  return { kernels, memory: kernels.memory, start };
}

/**
 * Grows the memory to `bytes` from `start` on, zeros where it is new. What were views of it are none any more if it grew. RangeError where
 * the machine has not that much.
 */
export function reserve({ memory, start }: Instance, bytes: number): void {
  const missing = Math.ceil((start + bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
}

const PAGE = 65536;
const CACHE_LINE = 64;
