/** What a subcommand is, and how its options are read: strictly, with the nearest known name where one is mistyped. */
import { parseArgs } from "node:util";
import { ConfigError, nearest, show } from "@caviar-hpo/core";
import type { Terminal } from "../terminal/terminal.ts";

export type Command = {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** Rejects with a CaviarError, or the operating system's, where it fails. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<void>;
};

/** `true` for a flag, a text for `--name value`. */
export type Flags = { readonly [name: string]: string | boolean | undefined };
export type Arguments = { readonly flags: Flags; readonly words: readonly string[] };

/**
 * @param options "flag" or "value" by name, without the dashes.
 * @throws ConfigError for an unknown option, a missing value, or more words than `words`.
 */
export function readArguments(
  command: string,
  args: readonly string[],
  options: { readonly [name: string]: "flag" | "value" },
  words = 0,
): Arguments {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, kind]) => [name, { type: kind === "flag" ? ("boolean" as const) : ("string" as const) }]),
  );
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, allowPositionals: true, tokens: true });
  const flags: { [name: string]: string | boolean } = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const kind = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind === undefined) refuseOption(command, name, rawName, Object.keys(options));
    if (Object.hasOwn(flags, name)) refuse(command, `${rawName} once`, "it twice", "Drop one of them.");
    if (kind === "flag" && value !== undefined) refuse(command, `${rawName} alone`, show(value), "Drop the value.");
    if (kind === "value" && (value === undefined || value === "" || (!token.inlineValue && value.startsWith("--"))))
      refuse(command, `a value after ${rawName}`, value ? show(value) : "none", `Write ${rawName} VALUE.`);
    flags[name] = value ?? true;
  }
  if (positionals.length > words)
    refuse(
      command,
      words === 0 ? "options only" : `at most ${words} word${words === 1 ? "" : "s"}`,
      show(positionals[words]),
      `See caviar ${command} --help.`,
    );
  return { flags, words: positionals };
}

/** A whole number of at least 1. */
export function readCount(name: string, text: string | boolean): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) refuse(`option --${name}`, "a whole number from 1", show(text), `Write --${name} 5.`);
  return value;
}

/** @throws ConfigError, always. */
export function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badArgument", what, expected, got, remedy });
}

function refuseOption(command: string, name: string, rawName: string, names: readonly string[]): never {
  if (names.length === 0) refuse(command, "no options", show(rawName), "Drop it.");
  refuse(command, `one of ${names.map((one) => `--${one}`).join(", ")}`, show(rawName), `Did you mean --${nearest(name, names)}?`);
}
