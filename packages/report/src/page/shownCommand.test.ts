import { expect, it } from "vitest";
import { shownCommand } from "./shownCommand.ts";

it.each([
  ["npm run bench -- --plan /root/work/plans/quick.json --out /tmp/a/", "npm run bench -- --plan quick.json --out a"],
  ["npx caviar-hpo bench --plan=/home/me/plan.json", "npx caviar-hpo bench --plan=plan.json"],
  ["npx caviar-hpo bench --plan '/home/me/my plan.json' --out ~/runs/x", "npx caviar-hpo bench --plan 'my plan.json' --out x"],
  ['npx caviar-hpo bench --plan "C:\\Users\\me\\plan.json"', 'npx caviar-hpo bench --plan "plan.json"'],
  ["npm run bench -- --plan quick --out benchmarks/reports/quick", "npm run bench -- --plan quick --out benchmarks/reports/quick"],
])("a command shows no place of the author's machine: %s", (command, shown) => {
  expect(shownCommand(command)).toBe(shown);
});
