import { strategies } from "@caviar/tune";
import { type TextColumn, textTable } from "../terminal/table.ts";
import { type Command, readArguments } from "./command.ts";

const optionColumns: readonly TextColumn[] = [
  { title: "  option", align: "left" },
  { title: "default", align: "right" },
  { title: "what it does", align: "left" },
];

/** Lists the strategies and their options. */
export const strategiesCommand: Command = {
  name: "strategies",
  summary: "List the strategies and their options.",
  help: "Usage: caviar strategies\n\nLists every strategy that plans, studies and caviar serve know by name, with its options and their defaults.",
  run: async (args) => {
    readArguments("strategies", args, {});
    for (const strategy of strategies) {
      process.stdout.write(`${strategy.name}: ${strategy.doc}\n`);
      const rows = Object.entries(strategy.options).map(([name, option]) => [`  ${name}`, String(option.default), option.doc]);
      if (rows.length > 0) process.stdout.write(`${textTable(optionColumns, rows)}\n`);
      process.stdout.write("\n");
    }
    return 0;
  },
};
