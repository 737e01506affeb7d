/** What this engine computes, as two digests over the same arguments. */
import { root, stream } from "@caviar-hpo/core";
import { cos, exp, expm1, log, log1p, pow, sin, tanh } from "@caviar-hpo/numerics";
import { sha256 } from "../record/canonical.ts";

export type NumericDigests = {
  /** Of the elementary functions of Caviar. It is the same on every engine. */
  readonly caviar: string;
  /**
   * Of the engine's `Math`, whose last bits differ between engines and their versions. Where it differs too, code from outside may compute
   * something else.
   */
  readonly math: string;
};

export function numericDigests(): NumericDigests {
  return { caviar: digestOf({ cos, exp, expm1, log, log1p, pow, sin, tanh }), math: digestOf(Math) };
}

type Elementary = Pick<Math, "cos" | "exp" | "expm1" | "log" | "log1p" | "pow" | "sin" | "tanh">;

const argumentsPerScale = 512;
const scales = [1e-4, 1e-2, 1, 1e2, 1e4];

/** SHA-256 over the little-endian bits of all values. Logarithms and bases of powers take the absolute value of the argument. */
function digestOf({ cos, exp, expm1, log, log1p, pow, sin, tanh }: Elementary): string {
  const { uniform } = stream(root("numeric digests"));
  const values: number[] = [];
  for (const scale of scales) {
    for (let count = 0; count < argumentsPerScale; count++) {
      const x = scale * (2 * uniform() - 1);
      const size = Math.abs(x);
      values.push(cos(x), exp(x), expm1(x), log(size), log1p(size), pow(size, 4 * uniform() - 2), sin(x), tanh(x));
    }
  }
  const bits = new DataView(new ArrayBuffer(8 * values.length));
  for (const [index, value] of values.entries()) bits.setFloat64(8 * index, value, true);
  return sha256(new Uint8Array(bits.buffer));
}
