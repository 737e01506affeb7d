/** The page docs/strategy-options.md: what options each strategy has, with their defaults and bounds, as the cards say. */
import type { Card } from "@caviar-hpo/core";
import type { OptionSpec } from "@caviar-hpo/core/contract";

export function strategyOptionsPage(cards: readonly Card[]): string {
  return [
    "# Options of the strategies",
    "",
    "Every option may be left out and then has its default. A range includes both of its bounds. `npm run docs:options` writes this page from the",
    "cards. `caviar strategies` prints the same, and editors show it as comments on the types of options.",
    ...cards.flatMap(sectionOf),
    "",
  ].join("\n");
}

function sectionOf({ name, doc, options }: Card): readonly string[] {
  const rows = Object.entries(options).map(
    ([option, spec]) => `| \`${option}\` | ${shown(spec.default)} | ${valuesOf(spec)} | ${spec.doc.replaceAll("|", "\\|")} |`,
  );
  const table = ["| option | default | values | what it does |", "|---|---|---|---|", ...rows];
  return ["", `## ${name}`, "", doc, "", ...(rows.length === 0 ? ["It has no options."] : table)];
}

function valuesOf({ param, special }: OptionSpec): string {
  const or = special === undefined ? "" : `, or ${shown(special)}`;
  if (param.kind === "choice") return `${param.options.map(shown).join(", ")}${or}`;
  const range = `${shown(param.low)} to ${shown(param.high)}, both included${or}`;
  return param.kind === "int" ? `whole, ${range}` : range;
}

/** 2^53 - 1 stands for no limit. */
function shown(value: OptionSpec["default"]): string {
  return value === Number.MAX_SAFE_INTEGER ? "unlimited" : `\`${value}\``;
}
