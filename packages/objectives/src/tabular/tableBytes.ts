/**
 * Tables as bytes: a line of text with the numbers of rows and seeds, then the values and the training times, as little-endian doubles.
 * This is the form in which tables are kept on a disk, and of which `TableFacts.sha256` is the hash.
 */
import { ConfigError } from "@caviar-hpo/core";
import { utf8 } from "@caviar-hpo/core/text";
import { countRows, type Table } from "./table.ts";
import type { TableFacts } from "./tableFacts.ts";

export function encodeTable(facts: TableFacts, { values, seconds }: Table): Uint8Array {
  const head = headOf(facts);
  const bytes = new Uint8Array(head.length + 8 * (values.length + seconds.length));
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  for (let k = 0; k < values.length; k++) view.setFloat64(8 * k, values[k]!, true);
  for (let k = 0; k < seconds.length; k++) view.setFloat64(8 * (values.length + k), seconds[k]!, true);
  return bytes;
}

/** @throws ConfigError for bytes of another table, or of another length. */
export function decodeTable(facts: TableFacts, bytes: Uint8Array): Table {
  const head = headOf(facts);
  const rows = countRows(facts.axes);
  const length = head.length + 8 * rows * (facts.seeds + 1);
  if (bytes.length !== length || head.some((byte, k) => bytes[k] !== byte)) {
    throw new ConfigError({
      code: "badTable",
      what: `the table ${facts.name}`,
      expected: `${length} bytes that begin with ${JSON.stringify(String.fromCharCode(...head))}`,
      got: `${bytes.length} bytes, or another beginning`,
      remedy: "Fetch the tables again.",
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + head.length);
  const doubles = (from: number, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => view.getFloat64(8 * (from + k), true));
  return { seeds: facts.seeds, values: doubles(0, rows * facts.seeds), seconds: doubles(rows * facts.seeds, rows) };
}

function headOf({ name, axes, seeds }: TableFacts): Uint8Array {
  return Uint8Array.from(utf8(`caviar table 1: ${name}, ${countRows(axes)} rows, ${seeds} seeds\n`));
}
