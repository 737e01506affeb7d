/** The text of a fixture: JSON with one record on each line, so that a difference shows which record differs. */
import { stringifyWire } from "@caviar-hpo/core/wire";

/** Lists with one line for each record, by their names. */
const lists = new Set(["events", "jobs", "running", "studies"]);
/** Records that hold such lists: their members stand on lines of their own. */
const holders = new Set(["snapshot"]);

/**
 * @param {{ readonly [name: string]: import("@caviar-hpo/core").Json }} fixture
 * @returns {string} the text, which ends with a line feed. Numbers that JSON does not have are written as on the wire.
 */
export function layOut(fixture) {
  return `${membersOf(fixture)}\n`;
}

/**
 * @param {{ readonly [name: string]: import("@caviar-hpo/core").Json }} record
 * @returns {string}
 */
function membersOf(record) {
  return `{\n${Object.entries(record)
    .map(([name, value]) => `${stringifyWire(name)}:${memberOf(name, value)}`)
    .join(",\n")}\n}`;
}

/**
 * @param {string} name
 * @param {import("@caviar-hpo/core").Json} value
 * @returns {string}
 */
function memberOf(name, value) {
  if (Array.isArray(value) && value.length > 0 && lists.has(name))
    return `[\n${value.map((element) => (name === "studies" ? membersOf(element) : stringifyWire(element))).join(",\n")}\n]`;
  if (holders.has(name)) return membersOf(/** @type {{ readonly [name: string]: import("@caviar-hpo/core").Json }} */ (value));
  return stringifyWire(value);
}
