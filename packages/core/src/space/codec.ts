import type { Config } from "./param.ts";
import type { Space } from "./space.ts";

/** Unit cube, length `space.dims`; an inactive parameter sits at 0.5. */
export function encode(_space: Space, _config: Config): Float64Array {
  throw new Error("pending");
}

/** Total, clamped, never throws; inactive parameters are absent. */
export function decode(_space: Space, _unit: Float64Array): Config {
  throw new Error("pending");
}
