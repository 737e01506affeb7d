/** Where in a message a value stands: the name of the message, then keys and indices. A chain, written out only when something is wrong. */
import { show } from "../text/show.ts";

export type Path = string | { readonly above: Path; readonly key: string | number };

export function below(above: Path, key: string | number): Path {
  return { above, key };
}

/** `event.jobs[2].until`; a key that is no identifier, or a long one, is quoted and cut short: `problem["a b"]`. */
export function showPath(path: Path): string {
  let text = "";
  let rest = path;
  while (typeof rest !== "string") {
    text = step(rest.key) + text;
    rest = rest.above;
  }
  return rest + text;
}

function step(key: string | number): string {
  return typeof key === "string" && /^[A-Za-z_$][\w$]{0,39}$/.test(key) ? `.${key}` : `[${show(key)}]`;
}
