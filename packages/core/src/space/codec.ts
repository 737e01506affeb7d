/**
 * The codec between configurations and points of the unit cube, with one coordinate per parameter. `decode` accepts every point.
 * `decode(encode(c))` is exactly c for int (on a log scale up to 2^44), choice and stepped real. For a plain real it is within 4 ulp: of
 * the larger bound on the linear scale, and times max(1, ln(high / low)) on the log scales, because the unit coordinate has no more bits. A
 * study stores configurations, never unit points.
 */
import { type Config, isActive, type ParamValue, type Plain, plainOf, type Space } from "./param.ts";
import { cellAt, cellToUnit, intAt, intToUnit, realAt, realToUnit } from "./scale.ts";

/** The unit point of a configuration, of length `space.dims`. The coordinate of an inactive parameter is 0.5. */
export function encode(space: Space, config: Config): Float64Array {
  return Float64Array.from(space.params, ([name, param]) => {
    const value = Object.hasOwn(config, name) ? config[name] : undefined;
    return value === undefined ? 0.5 : toUnit(plainOf(param), value);
  });
}

/**
 * The configuration at a point. Coordinates are clamped to [0, 1]. NaN and missing coordinates count as 0.5. Inactive parameters are
 * absent.
 */
export function decode(space: Space, unit: Float64Array): Config {
  const config: { [name: string]: ParamValue } = {};
  const { params } = space;
  for (let axis = 0; axis < params.length; axis++) {
    const param = params[axis]![1];
    if (!isActive(param, config)) continue;
    const p = unit[axis] ?? 0.5;
    config[params[axis]![0]] = fromUnit(plainOf(param), p >= 0 ? Math.min(p, 1) : p < 0 ? 0 : 0.5);
  }
  return Object.freeze(config);
}

/** The value of a parameter at a coordinate in [0, 1]. */
export function fromUnit(param: Plain, p: number): ParamValue {
  switch (param.kind) {
    case "real":
      return realAt(param, p);
    case "int":
      return intAt(param, p);
    case "choice":
      return param.options[cellAt(p, param.options.length)]!;
  }
}

/** The coordinate of a value. */
export function toUnit(param: Plain, value: ParamValue): number {
  switch (param.kind) {
    case "real":
      return realToUnit(param, value as number);
    case "int":
      return intToUnit(param, value as number);
    case "choice":
      return cellToUnit(param.options.indexOf(value), param.options.length);
  }
}
