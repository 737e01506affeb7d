/**
 * The arguments of a command. `{learningRate}` stands for the value of a parameter, and these words for facts about the job: `{trial}`,
 * `{until}`, `{from}`, `{checkpoint}` (a folder), `{config}` (a JSON file). A parameter with one of these names comes first. `{{` and `}}`
 * stand for braces.
 *
 * A conditional parameter may be absent. Then the argument that names it is left out, and so is a flag before it: of
 * `--momentum {momentum}` and of `--momentum={momentum}` nothing is left.
 */
import { ConfigError } from "@caviar-hpo/core";
import { didYouMean, show } from "@caviar-hpo/core/text";

/** The words for facts about the job. */
export const facts = ["trial", "until", "from", "checkpoint", "config"] as const;
export type Fact = (typeof facts)[number];

/** An argument: texts and placeholders. A flag such as `--momentum` has its value in the next argument, unless that is an option. */
type Argument = {
  readonly parts: readonly (string | { readonly name: string })[];
  readonly isOption: boolean;
  readonly isFlag: boolean;
};

export type CommandLine = {
  readonly program: string;
  readonly arguments: readonly Argument[];
  /** The facts that it uses. */
  readonly uses: ReadonlySet<Fact>;
};

/** @throws ConfigError for a placeholder that is neither a parameter nor a fact, and for a brace without its partner. */
export function readCommandLine(command: readonly string[], parameters: readonly string[]): CommandLine {
  const [program, ...rest] = command;
  const known = new Set([...parameters, ...facts]);
  const read = rest.map((argument) => readArgument(argument, known));
  const named = read.flatMap(({ parts }) => parts.flatMap((part) => (typeof part === "string" ? [] : [part.name])));
  return { program: program!, arguments: read, uses: new Set(facts.filter((fact) => named.includes(fact) && !parameters.includes(fact))) };
}

function readArgument(argument: string, known: ReadonlySet<string>): Argument {
  const parts = [...argument.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)].map(([text, name]) => {
    if (name !== undefined) return known.has(name) ? { name } : unknownPlaceholder(argument, name, known);
    if (text === "{{" || text === "}}") return text[0]!;
    return text === "{" || text === "}" ? loneBrace(argument, text) : text;
  });
  const isOption = /^--?[A-Za-z]/.test(argument);
  return { parts, isOption, isFlag: isOption && parts.every((part) => typeof part === "string") && !argument.includes("=") };
}

/** The arguments of a job. A name without a value is that of a parameter which is not active. */
export function argumentsOf({ arguments: all }: CommandLine, values: ReadonlyMap<string, string>): readonly string[] {
  const isAbsent = (argument: Argument | undefined): boolean =>
    argument?.parts.some((part) => typeof part !== "string" && !values.has(part.name)) === true;
  const hasAbsentValue = (index: number): boolean => all[index]!.isFlag && isAbsent(all[index + 1]) && !all[index + 1]!.isOption;
  return all
    .filter((argument, index) => !isAbsent(argument) && !hasAbsentValue(index))
    .map(({ parts }) => parts.map((part) => (typeof part === "string" ? part : values.get(part.name)!)).join(""));
}

function unknownPlaceholder(argument: string, name: string, known: ReadonlySet<string>): never {
  throw new ConfigError({
    code: "badCommand",
    what: `argument ${show(argument)} of the command`,
    expected: `in braces one of ${[...known].map((one) => show(one)).join(", ")}`.slice(0, 300),
    got: show(name),
    remedy: `${didYouMean(name, [...known])} Write {{ and }} for braces.`,
  });
}

function loneBrace(argument: string, brace: string): never {
  throw new ConfigError({
    code: "badCommand",
    what: `argument ${show(argument)} of the command`,
    expected: "braces in pairs",
    got: `a lone ${brace}`,
    remedy: "Write {{ and }} for braces.",
  });
}
