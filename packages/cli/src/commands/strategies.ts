import type { Plain } from "@caviar-hpo/core";
import { type Card, findStrategy, planOf, strategies } from "@caviar-hpo/tune";
import { type TextColumn, textTable } from "../terminal/table.ts";
import { type Command, readArguments, readCount } from "./command.ts";

const optionColumns: readonly TextColumn[] = [
  { title: "  option", align: "left" },
  { title: "default", align: "right" },
  { title: "values, bounds included", align: "left" },
  { title: "what it does", align: "left" },
];

/** Lists the strategies and their options; of one of them, the plan too. */
export const strategiesCommand: Command = {
  name: "strategies",
  summary: "List the strategies and their options, or what one is going to do.",
  help: `Usage: caviar strategies [NAME] [--max N] [--OPTION VALUE]

Lists every strategy that plans, studies and caviar serve know by name, with its options and their defaults. With a name lists that one,
and where it decides how far trials are trained, what it is going to do: Hyperband's bracket table, for 1 to N epochs (81 by default)
and with the options given.

  caviar strategies hyperband --max 100 --eta 4`,
  run: async (args, { stdout }) => {
    const [name] = args;
    if (name === undefined || name.startsWith("-")) {
      readArguments("strategies", args, {});
      stdout.write(strategies.map(described).join("\n"));
      return;
    }
    const card = findStrategy(name);
    const { options } = card;
    const names = Object.keys(options);
    const known = Object.fromEntries(["max", ...names].map((one) => [one, "value"] as const));
    const { max = "81", ...given } = readArguments("strategies", args.slice(1), known).flags;
    const values = Object.entries(given).map(([option, text]) => [option, optionOf(options[option]!.param, text!)] as const);
    const fidelity = { unit: "epochs", min: 1, max: readCount("max", max), whole: true };
    const plan = planOf(card, Object.fromEntries(values), { fidelity });
    stdout.write(`${described(card)}${plan === null ? "" : `\n${plan}\n`}`);
  },
};

function described({ name, doc, needs, adaptive, options }: Card): string {
  const rows = Object.entries(options).map(([option, { param, default: usual, doc: meaning }]) => [
    `  ${option}`,
    shown(usual),
    valuesOf(param),
    meaning,
  ]);
  const traits = [...needs.map((need) => `needs a ${need}`), ...(adaptive ? ["learns from results"] : [])];
  const head = `${name}: ${doc}${traits.length === 0 ? "" : ` (${traits.join(", ")})`}`;
  return `${head}\n${rows.length === 0 ? "" : `${textTable(optionColumns, rows)}\n`}`;
}

/** What a word of the command line says about an option; what is no such value stays a word, and is refused by the strategy. */
function optionOf(param: Plain, text: string | boolean): string | number | boolean {
  if (param.kind === "choice") return param.options.find((option) => String(option) === text) ?? text;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function valuesOf(param: Plain): string {
  return param.kind === "choice" ? param.options.join(" | ") : `${shown(param.low)} to ${shown(param.high)}`;
}

/** 2^53 - 1 stands for no limit. */
function shown(value: string | number | boolean): string {
  return value === Number.MAX_SAFE_INTEGER ? "unlimited" : String(value);
}
