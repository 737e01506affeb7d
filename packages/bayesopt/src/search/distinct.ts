/** No configuration twice: on a finite space every one is tried before any is tried again. */
import { type Config, decode, isActive, type Option, plainOf, type Space } from "@caviar/core";

/** What makes two configurations the same. */
export function keyOfConfig(space: Space, config: Config): string {
  return JSON.stringify(space.params.map(([name]) => (Object.hasOwn(config, name) ? config[name] : null)));
}

/** All configurations in a fixed order, or null where there are more than `limit`. */
export function everyConfig(space: Space, limit: number): readonly Config[] | null {
  let all: { readonly [name: string]: Option }[] = [{}];
  for (const [name, param] of space.params) {
    const values = valuesOf(plainOf(param), limit);
    if (values === null) return null;
    const next: { readonly [name: string]: Option }[] = [];
    for (const config of all) {
      if (!isActive(param, config)) next.push(config);
      else for (const value of values) next.push({ ...config, [name]: value });
      if (next.length > limit) return null;
    }
    all = next;
  }
  return all.map((config) => Object.freeze(config));
}

/** The values of one parameter, by the codec, so that they are the very ones it decodes to. */
function valuesOf(param: ReturnType<typeof plainOf>, limit: number): readonly Option[] | null {
  if (param.kind === "choice") return param.options;
  if (param.low === param.high) return [param.low];
  if (param.kind === "real" && param.step === undefined) return null;
  const step = param.step ?? 1;
  const cells = Math.floor((param.high - param.low) / step + 1e-9) + 1;
  if (cells > limit) return null;
  const space: Space = { params: [["value", param]], dims: 1 };
  if (param.kind === "int" && param.scale === "log") return Array.from({ length: cells }, (_, cell) => param.low + cell);
  return Array.from({ length: cells }, (_, cell) => decode(space, Float64Array.of((cell + 0.5) / cells)).value!);
}
