/** Values of parameters as cells of data. */
import type { Config, ParamValue } from "@caviar-hpo/core";
import type { DataCell } from "./render/csv.ts";

/** Empty if the configuration does not have the parameter. */
export function configCell(config: Config, name: string): DataCell {
  return Object.hasOwn(config, name) ? valueCell(config[name]!) : null;
}

export function valueCell(value: ParamValue): string | number {
  return typeof value === "boolean" ? String(value) : value;
}
