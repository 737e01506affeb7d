/** Numbers of a study as text for readers. */
import type { ParamValue } from "@caviar-hpo/core";
import { significant } from "../format.ts";

/** Any finite number: a whole one below a million in full, any other with `digits` significant digits and no zeros at its end. */
export function numberWords(value: number, digits = 4): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const shown = Number.isInteger(value) && size < 1e6 ? String(size) : withoutZeros(significant(size, digits));
  return value < 0 ? `−${shown}` : shown;
}

/** 0.5 for 0.5000, and 10⁻⁴ for 1.000×10⁻⁴. */
function withoutZeros(text: string): string {
  return text
    .replace(/(\.\d*?)0+(?=×|$)/, "$1")
    .replace(/\.(?=×|$)/, "")
    .replace(/^1×/, "");
}

/** A value of a parameter, such that a text that looks like a number cannot be taken for one in the same column. */
export function valueWords(value: ParamValue | undefined): string {
  if (value === undefined) return "–";
  return typeof value === "number" ? numberWords(value, 5) : String(value);
}
