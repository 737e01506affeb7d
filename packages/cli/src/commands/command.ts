/** What a subcommand is, and a strict reader of its options, which suggests the nearest known name for a mistyped one. */
import { parseArgs } from "node:util";
import { ConfigError } from "@caviar-hpo/core";
import { counted, show, similar } from "@caviar-hpo/core/text";
import type { Terminal } from "../terminal/terminal.ts";

export type Subcommand = {
  readonly help: string;
  /** Resolves to the exit code. Rejects with a CaviarError, or with an error of the operating system. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
};

/** `true` for a flag and for an optional value that is left out, a text for `--name value`. */
export type Flags = { readonly [name: string]: string | boolean | undefined };
/** What follows each option: nothing, a value, or a value if the next word is no option. By name, without the dashes. */
export type OptionKinds = { readonly [name: string]: "flag" | "value" | "optional" };

export type Arguments = { readonly flags: Flags; readonly words: readonly string[] };

/**
 * @throws ConfigError for an unknown option, a missing value, or more words than `words`.
 */
export function readArguments(command: string, args: readonly string[], options: OptionKinds, words = 0): Arguments {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, kind]) => [name, { type: kind === "flag" ? ("boolean" as const) : ("string" as const) }]),
  );
  const { tokens } = parseArgs({ args: withoutGaps(args, options), options: config, strict: false, allowPositionals: true, tokens: true });
  const flags: { [name: string]: string | boolean } = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    if (Object.hasOwn(flags, token.name)) refuse(command, `${token.rawName} once`, `${token.rawName} twice`, "Drop one of them.");
    flags[token.name] = readValue(command, token, options);
  }
  if (positionals.length > words) {
    const expected = words === 0 ? "options only" : `at most ${counted(words, "word")}`;
    refuse(command, expected, show(positionals[words]), `See caviar ${command} --help.`);
  }
  return { flags, words: positionals };
}

/** `parseArgs` would take the next option for the value of an option whose value is left out. */
function withoutGaps(args: readonly string[], options: OptionKinds): string[] {
  return args.map((arg, index) => {
    const [name, next] = [arg.slice(2), args[index + 1]];
    const isOptional = arg.startsWith("--") && Object.hasOwn(options, name) && options[name] === "optional";
    return isOptional && (next === undefined || next.startsWith("--")) ? `${arg}=` : arg;
  });
}

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

function readValue(command: string, { name, rawName, value, inlineValue }: OptionToken, options: OptionKinds): string | boolean {
  const kind = Object.hasOwn(options, name) ? options[name] : undefined;
  if (kind === undefined) return refuseOption(command, name, rawName, Object.keys(options));
  if (kind === "flag") {
    if (value !== undefined) refuse(command, `${rawName} without a value`, show(value), "Drop the value.");
    return true;
  }
  if (kind === "optional" && !value) return true;
  if (value === undefined || value === "" || (inlineValue !== true && value.startsWith("--")))
    return refuse(command, `a value after ${rawName}`, value ? show(value) : "no value", `Write ${rawName} VALUE.`);
  return value;
}

/** A whole number of at least 1. */
export function readCount(name: string, text: string | boolean): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    refuse(`option --${name}`, "a whole number, 1 or more", show(text), `Write --${name} 5, for instance.`);
  return value;
}

/** A number above 0, or from 0 on if `zero` is said. */
export function readPositive(name: string, text: string | boolean, zero?: "zero"): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || (value === 0 && zero === undefined) || text === "")
    refuse(
      `option --${name}`,
      zero === undefined ? "a number above 0" : "a number from 0",
      show(text),
      `Write --${name} 60, for instance.`,
    );
  return value;
}

/** A number from 0 to 1. */
export function readShare(name: string, text: string | boolean): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1) || text === "")
    refuse(`option --${name}`, "a number from 0 to 1", show(text), `Write --${name} 0.1, for instance.`);
  return value;
}

/** @throws ConfigError, always. */
export function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badArgument", what, expected, got, remedy });
}

function refuseOption(command: string, name: string, rawName: string, names: readonly string[]): never {
  if (names.length === 0) refuse(command, "no options", show(rawName), "Drop it.");
  const meant = similar(name, names);
  const remedy = meant === undefined ? `See caviar ${command} --help.` : `Did you mean --${meant}?`;
  refuse(command, `one of ${names.map((one) => `--${one}`).join(", ")}`, show(rawName), remedy);
}
