/** Section: what the study is, and how to make the page again. */
import { type Json, type Param, plainOf } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import { prose, tableBlock } from "../../page/block.ts";
import { nameCell, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { coded, named, type Phrase } from "../../page/phrase.ts";
import type { Digest } from "../digest.ts";
import { valueWords } from "../numberWords.ts";
import { goalWords } from "./frontMatter.ts";
import type { StudyBlock, StudySection } from "./section.ts";

export function settings(digest: Digest): StudySection {
  const { study, problem } = digest;
  const { space } = problem;
  return {
    id: "settings",
    title: "Settings",
    blocks: [
      { kind: "facts", of: "provenance", entries: entriesOf(digest) },
      { kind: "heading", id: "space", text: ["The search space"] },
      ...(space.params.length === 0 ? [prose("The space has no parameters.")] : [tableBlock(spaceTable(digest))]),
      ...(space.where.length === 0
        ? []
        : [
            prose("Constraints between parameters:"),
            { kind: "code", language: "text", lines: space.where.map((constraint) => jsonText(constraint as Json)) } as const,
          ]),
      { kind: "heading", id: "again", text: ["How to make this page again"] },
      ...again(study.command, study.version),
    ],
  };
}

function entriesOf(digest: Digest): readonly { readonly name: string; readonly value: Phrase }[] {
  const { study, problem } = digest;
  const { constraints, fidelity, resumable } = problem;
  const { strategy, seed, annotations = {} } = study;
  return [
    { name: "objectives", value: goalWords(digest) },
    ...(constraints.length === 0 ? [] : [{ name: "constraints", value: [named(constraints.join(", ")), ", feasible if at most 0"] }]),
    ...(fidelity === null
      ? []
      : [
          {
            name: "fidelity",
            value: [`${fidelity.min} to ${fidelity.max} `, named(fidelity.unit), resumable ? ", trials continue from checkpoints" : ""],
          },
        ]),
    ...(strategy === undefined ? [] : strategyEntries(strategy)),
    ...(seed === undefined ? [] : [{ name: "seed", value: [coded(typeof seed === "number" ? String(seed) : JSON.stringify(seed))] }]),
    ...Object.entries(annotations).map(([name, value]) => ({ name: "noted", value: [named(name), ": ", coded(jsonText(value))] })),
  ];
}

function strategyEntries(strategy: Json): readonly { readonly name: string; readonly value: Phrase }[] {
  const { name, version, options } = (typeof strategy === "object" && strategy !== null ? strategy : {}) as {
    readonly [key: string]: Json;
  };
  if (typeof name !== "string") return [{ name: "strategy", value: [coded(jsonText(strategy))] }];
  const isPlain = typeof options !== "object" || options === null || Object.keys(options).length === 0;
  return [
    { name: "strategy", value: [named(name), typeof version === "number" ? `, version ${version}` : ""] },
    ...(isPlain ? [] : [{ name: "options", value: [coded(jsonText(options))] }]),
  ];
}

function spaceTable({ problem: { space } }: Digest): PageTable {
  return {
    columns: [textColumn("parameter"), textColumn("values"), textColumn("scale"), textColumn("active")],
    rows: space.params.map(([name, param]) => [
      nameCell(name),
      { text: valuesOf(param) },
      plainCell(scaleOf(param)),
      { text: conditionOf(param) },
    ]),
  };
}

function valuesOf(param: Param): Phrase {
  const plain = plainOf(param);
  if (plain.kind === "choice") return [plain.ordered ? "in order: " : "", named(plain.options.map(valueWords).join(", "))];
  const { kind, low, high, step } = plain;
  return [`${kind === "int" ? "whole numbers" : "numbers"} from ${low} to ${high}${step === undefined ? "" : ` in steps of ${step}`}`];
}

function scaleOf(param: Param): string {
  const plain = plainOf(param);
  return plain.kind === "choice" ? "–" : plain.scale;
}

function conditionOf(param: Param): Phrase {
  if (param.kind !== "given") return ["always"];
  return [
    "if ",
    named(param.parent),
    " is ",
    named(param.values.map((value) => (typeof value === "string" ? value : jsonText(value))).join(" or ")),
  ];
}

function again(command: string | undefined, version: string | undefined): readonly StudyBlock[] {
  const same = "The page holds only what the log of the study says, so the same log gives the same bytes.";
  if (command === undefined) return [prose(same)];
  return [
    prose(same, version === undefined ? "" : ` Caviar ${version} made it with this command:`),
    { kind: "code", language: "sh", lines: [command] },
  ];
}

/** JSON has no infinities; the wire form has. */
function jsonText(value: Json): string {
  return stringifyWire(value);
}
