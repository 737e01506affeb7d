/**
 * Low autocorrelation binary sequences (LABS): of a sequence of n signs, the energy is the sum over k of the squares of its
 * autocorrelations C_k = sum_i s_i s_(i+k), 0 < k < n. Neighbouring sequences have very different energies. T. Packebusch and S. Mertens,
 * "Low autocorrelation binary sequences" (2016), list the least energies; `golden/labs.py` derives those below by trying all sequences.
 */
import { type Config, ConfigError, checkConfig, choice, createSpace } from "@caviar-hpo/core";
import type { MixedFunction } from "./mixedFunction.ts";

/** The least energy of 3, 4, 5 … signs, and a sequence that attains it. */
const least: readonly (readonly [energy: number, sequence: string])[] = [
  [1, "++-"],
  [2, "+++-"],
  [2, "+++-+"],
  [7, "++++-+"],
  [3, "+++--+-"],
  [8, "++++--+-"],
  [12, "++++--+-+"],
  [13, "+++++--+-+"],
  [5, "+++---+--+-"],
  [10, "+++++--++-+-"],
  [6, "+++++--++-+-+"],
  [19, "++++++--++-+-+"],
  [15, "+++++--++--+-+-"],
  [24, "++++++---++--+-+"],
  [32, "++++--++-++-+-+--"],
  [25, "+++++-+--+-+++--++"],
  [29, "++++-+-+----++--+--"],
  [26, "+++++-+---+-++---++-"],
  [26, "++-------++--+-+-+--+"],
  [39, "++++++---++-+-+-++--+-"],
  [47, "++++++++---++-+-+--++-+"],
  [36, "++--+++------+-+-+--+--+"],
];

/**
 * @param length the number of signs, 3 to 24.
 * @throws ConfigError if it is out of range.
 */
export function labs(length: number): MixedFunction {
  const found = least[length - 3];
  if (found === undefined) {
    throw new ConfigError({
      code: "dimension",
      what: "length of labs",
      expected: `a whole number from 3 to ${least.length + 2}`,
      got: String(length),
      remedy: "Choose a length in that range. The least energy of longer sequences is not certified here.",
    });
  }
  const [energy, sequence] = found;
  const names = Array.from({ length }, (_, k) => `x${k + 1}`);
  const space = createSpace(names.map((name) => [name, choice([-1, 1])]));
  return {
    id: `labs-n${length}`,
    title: `Low autocorrelation binary sequence of ${length} signs`,
    space,
    evaluate: (given: Config) => {
      const config = checkConfig(space, given);
      return energyOf(names.map((name) => config[name] as number));
    },
    optimum: { value: energy, tolerance: 0 },
    minimisers: [Object.fromEntries(names.map((name, k) => [name, sequence[k] === "+" ? 1 : -1]))],
    // The opposite and the reversed sequence have the same energy.
    minimisersComplete: false,
    source: "Packebusch & Mertens 2016",
  };
}

function energyOf(signs: readonly number[]): number {
  let energy = 0;
  for (let k = 1; k < signs.length; k++) {
    let correlation = 0;
    for (let i = 0; i + k < signs.length; i++) correlation += signs[i]! * signs[i + k]!;
    energy += correlation * correlation;
  }
  return energy;
}
