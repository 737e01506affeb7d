/** What a subcommand is, and how its options are read: strictly, with the nearest known name where one is mistyped. */
import { parseArgs } from "node:util";
import { ConfigError, nearest, show } from "@caviar/core";

export type Command = {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** Resolves to the exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
};

/** `true` for a flag, a text for `--name value`. */
export type Arguments = { readonly flags: { readonly [name: string]: string | boolean | undefined }; readonly words: readonly string[] };

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
    const kind = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (kind === undefined) {
      const names = Object.keys(options);
      refuse(
        command,
        `one of ${names.map((name) => `--${name}`).join(", ")}`,
        show(token.rawName),
        `Did you mean --${nearest(token.name, names)}?`,
      );
    }
    if (kind === "value" && token.value === undefined)
      refuse(command, `a value after ${token.rawName}`, "none", `Write ${token.rawName} VALUE.`);
    if (kind === "flag" && token.value !== undefined) refuse(command, `${token.rawName} alone`, show(token.value), "Drop the value.");
    flags[token.name] = token.value ?? true;
  }
  if (positionals.length > words)
    refuse(command, words === 0 ? "options only" : `at most ${words} words`, show(positionals[words]), `See caviar ${command} --help.`);
  return { flags, words: positionals };
}

/** A whole number of at least 1. */
export function readCount(name: string, text: string | boolean): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) refuse(`option --${name}`, "a whole number from 1", show(text), `Write --${name} 5.`);
  return value;
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badArgument", what, expected, got, remedy });
}
