/** Everything the WebAssembly module exports, one file an idea. Sizes count numbers, addresses and steps between rows count bytes. */

export * from "./symmetric";
/** Where the memory that the module does not use itself begins. */
export function heapBase(): usize {
  return __heap_base;
}
