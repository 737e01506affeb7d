/**
 * The messages of the HParams plugin (tensorboard/plugins/hparams/{api,plugin_data}.proto): an experiment names the parameters and metrics
 * of a study, a session is a trial.
 */
import { type Config, type ParamValue, type Plain, type Problem, plainOf } from "@caviar-hpo/core";
import { pluginData } from "./eventFile.ts";
import { type Bytes, double, mapEntry, message, text, varint } from "./protobuf.ts";

const plugin = "hparams";

/** The tag of a constraint, whose name an objective may have, too. */
export function constraintTag(name: string): string {
  return `constraint/${name}`;
}

/** The hyperparameter that tells how a trial ended. */
const statusName = "caviar:status";

export function experiment(
  name: string,
  { space, objectives, constraints }: Problem,
  statuses: readonly string[],
  createdMs: number,
): Bytes {
  const tags = [...objectives.map((objective) => objective.name), ...constraints.map(constraintTag)];
  const infos = space.params.map(([param, definition]) => [param, plainOf(definition)] as const);
  const status: Plain = { kind: "choice", options: [...new Set(statuses)], ordered: false };
  return pluginData(
    "_hparams_/experiment",
    plugin,
    message(
      2,
      double(3, createdMs / 1000),
      ...[...infos, [statusName, status] as const].map(([param, plain]) => message(4, ...hparamInfo(param, plain))),
      ...tags.map((tag) => message(5, message(1, text(2, tag)))),
      text(6, name),
    ),
  );
}

const dataType = { text: 1, boolean: 2, number: 3 } as const;

function hparamInfo(name: string, plain: Plain): readonly Bytes[] {
  if (plain.kind !== "choice") return [text(1, name), varint(4, dataType.number), message(6, double(1, plain.low), double(2, plain.high))];
  const options = plain.options.map((option) => message(1, protobufValue(asTyped(plain, option))));
  return [text(1, name), varint(4, typeOf(plain)), message(5, ...options)];
}

function typeOf({ options }: Extract<Plain, { readonly kind: "choice" }>): number {
  if (options.every((option) => typeof option === "number")) return dataType.number;
  return options.every((option) => typeof option === "boolean") ? dataType.boolean : dataType.text;
}

/** A hyperparameter of TensorBoard has one type. Options of several types are texts, which differ. */
function asTyped(plain: Plain, value: ParamValue): ParamValue {
  return plain.kind === "choice" && typeOf(plain) === dataType.text ? String(value) : value;
}

/** google.protobuf.Value */
function protobufValue(value: ParamValue): Bytes {
  if (typeof value === "number") return double(2, value);
  return typeof value === "string" ? text(3, value) : varint(4, value ? 1 : 0);
}

/** `group`: sessions of one group are repeated evaluations of one configuration, which TensorBoard aggregates. */
export type TrialSession = { readonly config: Config; readonly status: string; readonly group: string; readonly startMs: number };

export function sessionStart({ space }: Problem, { config, status, group, startMs }: TrialSession): Bytes {
  const plains = space.params.flatMap(([name, param]) => (Object.hasOwn(config, name) ? [[name, plainOf(param)] as const] : []));
  return pluginData(
    "_hparams_/session_start_info",
    plugin,
    message(
      3,
      ...plains.map(([name, plain]) => mapEntry(1, name, protobufValue(asTyped(plain, config[name]!)))),
      mapEntry(1, statusName, text(3, status)),
      text(4, group),
      double(5, startMs / 1000),
    ),
  );
}

export function sessionEnd(failed: boolean, endMs: number): Bytes {
  return pluginData("_hparams_/session_end_info", plugin, message(4, varint(1, failed ? 2 : 1), double(2, endMs / 1000)));
}
