import type { Plain } from "@caviar/core";
import { strategies } from "@caviar/tune";
import { type TextColumn, textTable } from "../terminal/table.ts";
import { type Command, readArguments } from "./command.ts";

const optionColumns: readonly TextColumn[] = [
  { title: "  option", align: "left" },
  { title: "default", align: "right" },
  { title: "values", align: "left" },
  { title: "what it does", align: "left" },
];

/** Lists the strategies and their options. */
export const strategiesCommand: Command = {
  name: "strategies",
  summary: "List the strategies and their options.",
  help: "Usage: caviar strategies\n\nLists every strategy that plans, studies and caviar serve know by name, with its options and their defaults.",
  run: async (args, { stdout }) => {
    readArguments("strategies", args, {});
    for (const strategy of strategies) {
      const rows = Object.entries(strategy.options).map(([name, { param, default: usual, doc }]) => [
        `  ${name}`,
        shown(usual),
        valuesOf(param),
        doc,
      ]);
      stdout.write(`${strategy.name}: ${strategy.doc}\n${rows.length === 0 ? "" : `${textTable(optionColumns, rows)}\n`}\n`);
    }
  },
};

function valuesOf(param: Plain): string {
  return param.kind === "choice" ? param.options.join(" | ") : `${shown(param.low)} to ${shown(param.high)}`;
}

/** 2^53 - 1 stands for no limit. */
function shown(value: string | number | boolean): string {
  return value === Number.MAX_SAFE_INTEGER ? "unlimited" : String(value);
}
