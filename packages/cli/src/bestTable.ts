import type { Config, Problem } from "@caviar-hpo/core";
import { numberText } from "@caviar-hpo/runtime/terminal";
import type { Best } from "@caviar-hpo/tune";
import { type TextColumn, textTable } from "./terminal/table.ts";

/** A row for each best trial: its values and its configuration. */
export function bestTable({ objectives, space }: Problem, best: readonly Best<Config>[]): string {
  const params = space.params.map(([name]) => name);
  const titles = ["trial", ...objectives.map(({ name }) => name), ...params];
  const columns: readonly TextColumn[] = titles.map((title) => ({ title, align: "right" }));
  return textTable(
    columns,
    best.map(({ trial, values, config }) => [String(trial), ...values.map(numberText), ...params.map((name) => valueText(config, name))]),
  );
}

/** The value of a parameter; nothing if it is not active. */
export function valueText(config: Config, name: string): string {
  const value = Object.hasOwn(config, name) ? config[name]! : "";
  return typeof value === "number" ? numberText(value) : String(value);
}
