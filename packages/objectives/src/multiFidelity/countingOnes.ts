/**
 * Counting ones: as many ones as possible among switches, and as large probabilities as possible among reals, of which only samples are
 * seen. S. Falkner, A. Klein and F. Hutter, "BOHB: robust and efficient hyperparameter optimization at scale" (2018), section 5.1:
 * -(sum of the switches + sum over the reals x_j of the mean of b draws that are 1 with probability x_j), b from 9 to 729.
 *
 * The first draws of a longer run are those of a shorter one, so a run can be resumed. BOHB divides regrets by the number of parameters.
 */
import { type Config, checkConfig, choice, createSpace, derive, type Param, real, stream } from "@caviar-hpo/core";
import { checkDimension } from "../classical/dimension.ts";
import { checkFidelity, firstRun, type MultiFidelityFunction } from "./multiFidelityFunction.ts";

/**
 * `switches` parameters c1 … of 0 or 1 and `reals` parameters x1 … in [0, 1]; BOHB has as many of both, 4, 8, 16 and 32.
 *
 * @throws ConfigError for counts that are not whole, below 0 or 1, or above 1000.
 */
export function countingOnes(switches: number, reals: number): MultiFidelityFunction {
  const id = `counting-ones-c${switches}-r${reals}`;
  checkDimension(`${id} in switches`, switches, 0, 1000);
  checkDimension(`${id} in reals`, reals, 1, 1000);
  const switchNames = Array.from({ length: switches }, (_, k) => `c${k + 1}`);
  const realNames = Array.from({ length: reals }, (_, k) => `x${k + 1}`);
  const space = createSpace([
    ...switchNames.map((name): [string, Param] => [name, choice([0, 1])]),
    ...realNames.map((name): [string, Param] => [name, real(0, 1)]),
  ]);
  const sum = (config: Config, names: readonly string[]): number => names.reduce((total, name) => total + (config[name] as number), 0);
  const fidelity = { unit: "sample", min: 9, max: 729, whole: true };
  return {
    id,
    title: `Counting ones, ${switches} switches and ${reals} probabilities`,
    space,
    fidelity,
    resumable: true,
    evaluate: (given, samples, run = firstRun) => {
      checkFidelity(id, fidelity, samples);
      const config = checkConfig(space, given);
      const key = derive(run, "counting-ones", ...Object.values(config).map(Number));
      let ones = 0;
      for (const name of realNames) {
        const draws = stream(derive(key, name));
        const probability = config[name] as number;
        for (let n = 0; n < samples; n++) if (draws.uniform() < probability) ones++;
      }
      return -(sum(config, switchNames) + ones / samples);
    },
    truth: (given) => {
      const config = checkConfig(space, given);
      return -(sum(config, switchNames) + sum(config, realNames));
    },
    feasible: (config) => {
      checkConfig(space, config);
      return true;
    },
    costSeconds: (config, samples) => {
      checkConfig(space, config);
      checkFidelity(id, fidelity, samples);
      return samples;
    },
    optimum: { value: -(switches + reals), tolerance: 0 },
    minimisers: [Object.fromEntries([...switchNames, ...realNames].map((name) => [name, 1]))],
    minimisersComplete: true,
    source: "Falkner, Klein & Hutter 2018",
  };
}
