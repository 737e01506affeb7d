/**
 * Comments on the fields of strategies' option types, made from the options' specs, so that editors show what the cards say. A type and its
 * specs are found by the declaration of the specs: `const pandaOptions: OptionSpecs & Record<keyof PandaOptions, OptionSpec>`.
 */
import type { OptionSpec } from "@caviar-hpo/core/contract";

export type NamedSpecs = { readonly [name: string]: OptionSpec };

/** The specs that a source declares, each with the name of its type. */
export function declaredSpecs(source: string): readonly { readonly specs: string; readonly type: string }[] {
  const declarations = source.matchAll(/^(?:export )?const (\w+): (?:OptionSpecs & )?Record<keyof (\w+), OptionSpec>/gm);
  return [...declarations].map(([, specs, type]) => ({ specs: specs!, type: type! }));
}

/** The source with a comment above each field of `type`. A type without fields of its own (an intersection of others) stays as it is. */
export function withFieldComments(source: string, type: string, specs: NamedSpecs): string {
  const declaration = new RegExp(`^(export type ${type} = (?:\\w+ & )*)\\{(?! \\})([\\s\\S]*?)\\};$`, "m");
  return source.replace(declaration, (_, head: string, body: string) => {
    const fields = [...body.replace(/\/\*\*[\s\S]*?\*\//g, "").matchAll(/readonly (\w+)\?: ([^;]+?)(?:;|\s*$)/g)];
    return [
      `${head}{`,
      ...fields.map(([, name, values]) => `${comment(textOf(specs[name!]!))}\n  readonly ${name}?: ${values};`),
      "};",
    ].join("\n");
  });
}

function textOf({ doc, param, special, default: value }: OptionSpec): string {
  return [doc, ...valuesOf(param, special === undefined ? "" : `, or ${shown(special)}`), `${shown(value)} by default.`].join(" ");
}

/** Nothing for an option that is true or false, as its type says. */
function valuesOf(param: OptionSpec["param"], or: string): readonly string[] {
  if (param.kind !== "choice")
    return [`${param.kind === "int" ? "A whole number" : "A number"} from ${param.low} to ${param.high}, both included${or};`];
  return param.options.every((option) => typeof option === "boolean") ? [] : [`One of ${param.options.map(shown).join(", ")}${or};`];
}

/** 2^53 - 1 stands for no limit. */
function shown(value: OptionSpec["default"]): string {
  return value === Number.MAX_SAFE_INTEGER ? "no limit" : JSON.stringify(value);
}

const width = 140;

/** On one line, or as lines of at most 140 characters, with the indentation of a field. */
function comment(text: string): string {
  if (`  /** ${text} */`.length <= width) return `  /** ${text} */`;
  const lines = text.split(" ").reduce<string[]>((done, word) => {
    const line = done.at(-1);
    if (line !== undefined && `${line} ${word}`.length <= width) done[done.length - 1] = `${line} ${word}`;
    else done.push(`   * ${word}`);
    return done;
  }, []);
  return ["  /**", ...lines, "   */"].join("\n");
}
