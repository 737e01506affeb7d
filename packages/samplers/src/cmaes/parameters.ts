/**
 * The parameters of the update, as functions of the dimension and of the population size: table 1 of N. Hansen, The CMA Evolution Strategy:
 * A Tutorial, arXiv 1604.00772v2. Numbers of equations are those of the tutorial.
 */
import { log } from "@caviar-hpo/numerics";

/** `weights` descend, one per member of the population. The first `mu` are positive with sum 1, the others are at most 0. */
export type Parameters = {
  readonly weights: readonly number[];
  readonly mu: number;
  readonly muEff: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cC: number;
  readonly c1: number;
  readonly cMu: number;
};

/** The default population size, equation 48. */
export function defaultPopulation(n: number): number {
  return 4 + Math.floor(3 * log(Math.max(1, n)));
}

/**
 * @param n the dimension, at least 1.
 * @param lambda the population size, at least 4.
 */
export function parametersOf(n: number, lambda: number): Parameters {
  const mu = Math.floor(lambda / 2);
  const raw = Array.from({ length: lambda }, (_, index) => log((lambda + 1) / 2) - log(index + 1)); // equation 49
  const positive = raw.slice(0, mu);
  const negative = raw.slice(mu);
  const muEff = effective(positive);
  const c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff); // equation 57
  const cMu = Math.min(1 - c1, (2 * (0.25 + muEff + 1 / muEff - 2)) / ((n + 2) * (n + 2) + muEff)); // equation 58
  const sumOfNegative = Math.min(
    1 + c1 / cMu, // equation 50
    1 + (2 * effective(negative)) / (muEff + 2), // equation 51
    (1 - c1 - cMu) / (n * cMu), // equation 52
  );
  const weights = [
    ...positive.map((one) => one / sum(positive)),
    ...negative.map((one) => (sumOfNegative * one) / Math.abs(sum(negative))), // equation 53
  ];
  const cSigma = (muEff + 2) / (n + muEff + 5); // equation 55
  const dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma; // equation 55
  const cC = (4 + muEff / n) / (n + 4 + (2 * muEff) / n); // equation 56
  return { weights, mu, muEff, cSigma, dSigma, cC, c1, cMu };
}

/** (sum w)^2 / sum w^2 */
function effective(weights: readonly number[]): number {
  return (sum(weights) * sum(weights)) / sum(weights.map((one) => one * one));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
