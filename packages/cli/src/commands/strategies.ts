import type { OptionSpec, OptionValue } from "@caviar-hpo/core/contract";
import { type Card, findStrategy, planOf, strategies } from "@caviar-hpo/tune";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { type TextColumn, textTable } from "../terminal/table.ts";
import { readArguments, readCount, type Subcommand } from "./command.ts";

const optionColumns: readonly TextColumn[] = [
  { title: "  option", align: "left" },
  { title: "default", align: "right" },
  { title: "values, bounds included", align: "left" },
  { title: "what it does", align: "left" },
];

/** Lists the strategies and their options; of one of them, the plan too. */
export const strategiesCommand: Subcommand = {
  help: `Usage: caviar strategies [NAME] [--max N] [--OPTION VALUE] [--json]

Without NAME, lists all strategies with their options and defaults. Plans, studies and caviar serve know a strategy by its name.
With NAME, lists that strategy. If the strategy decides how far trials train, the command also prints its plan, for instance Hyperband's
bracket table. The plan is for 1 to N epochs (default: 81) and for the options that you give. For an option without a limit, write
"unlimited".

  --json    print the cards of the strategies as JSON

Example:

  caviar strategies hyperband --max 100 --eta 4`,
  run: async (args, { stdout }) => {
    const [name] = args;
    if (name === undefined || name.startsWith("-")) {
      const { flags } = readArguments("strategies", args, { json: "flag" });
      stdout.write(flags.json === true ? jsonText(strategies.map(record)) : strategies.map(described).join("\n"));
      return exitCodes.done;
    }
    const card = findStrategy(name);
    const { options } = card;
    const names = Object.keys(options);
    const known = { ...Object.fromEntries(["max", ...names].map((one) => [one, "value"] as const)), json: "flag" } as const;
    const { max = "81", json, ...given } = readArguments("strategies", args.slice(1), known).flags;
    const values = Object.entries(given).map(([option, text]) => [option, optionOf(options[option]!, text!)] as const);
    const fidelity = { unit: "epochs", min: 1, max: readCount("max", max), whole: true };
    const plan = planOf(card, Object.fromEntries(values), { fidelity });
    stdout.write(json === true ? jsonText({ ...record(card), plan }) : `${described(card)}${plan === null ? "" : `\n${plan}\n`}`);
    return exitCodes.done;
  },
};

/** A card as data. */
function record({ name, doc, needs, adaptive, options }: Card) {
  return { name, doc, needs, adaptive, options };
}

function described({ name, doc, needs, adaptive, options }: Card): string {
  const rows = Object.entries(options).map(([option, spec]) => [`  ${option}`, shown(spec.default), valuesOf(spec), spec.doc]);
  const traits = [...needs.map((need) => `needs a ${need}`), ...(adaptive ? ["learns from results"] : [])];
  const head = `${name}: ${doc}${traits.length === 0 ? "" : ` (${traits.join(", ")})`}`;
  return `${head}\n${rows.length === 0 ? "" : `${textTable(optionColumns, rows)}\n`}`;
}

/** The value that a word of the command line stands for. A word that stands for no value stays a word, and the strategy refuses it. */
function optionOf({ param, special }: OptionSpec, text: string | boolean): OptionValue {
  if (special !== undefined && text === shown(special)) return special;
  if (param.kind === "choice") return param.options.find((option) => String(option) === text) ?? text;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function valuesOf({ param, special }: OptionSpec): string {
  const values = param.kind === "choice" ? param.options.join(" | ") : `${shown(param.low)} to ${shown(param.high)}`;
  return special === undefined ? values : `${values}, or ${shown(special)}`;
}

function shown(value: OptionValue): string {
  return value === null ? "unlimited" : String(value);
}
