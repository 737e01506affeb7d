import type { Param, Shape } from "./param.ts";

/** Parameters in declaration order; `dims` is the length of the unit point, one coordinate a parameter. */
export type Space = { readonly params: readonly (readonly [name: string, param: Param])[]; readonly dims: number };

export function createSpace(_shape: Shape | readonly (readonly [string, Param])[]): Space {
  throw new Error("pending");
}
