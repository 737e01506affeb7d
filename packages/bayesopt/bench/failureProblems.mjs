/**
 * Problems in the unit cube whose trials fail outside a part of it, with the best value at the edge of that part. `range` is that of the
 * objective over the cube. `blind` is the part of the cube where trials fail.
 */

/** A half-space: the sum of the coordinates is at most a limit. The value is the squared distance to a point beyond it. */
function halfSpace(d) {
  const limit = { 1: 0.3, 2: 0.7746, 5: 2.15 }[d];
  const target = 0.8;
  const edge = limit / d;
  return {
    id: `half-space-${d}`,
    d,
    succeeds: (x) => sum(x) <= limit,
    value: (x) => sum(x.map((at) => (at - target) ** 2)),
    optimum: d * (edge - target) ** 2,
    range: d * target ** 2,
  };
}

/** A ball around a point; the value falls along a direction without end. */
function ball(d) {
  const centre = [0.4, 0.55, 0.5, 0.45, 0.5].slice(0, d);
  const radius = { 1: 0.15, 2: 0.31, 5: 0.45 }[d];
  const direction = [1, -0.5, 0.7, -0.3, 0.2].slice(0, d);
  const length = Math.sqrt(sum(direction.map((one) => one * one)));
  const value = (x) => -sum(x.map((at, f) => at * direction[f])) / length;
  return {
    id: `ball-${d}`,
    d,
    succeeds: (x) => sum(x.map((at, f) => (at - centre[f]) ** 2)) <= radius ** 2,
    value,
    optimum: value(centre) - radius,
    range: sum(direction.map(Math.abs)) / length,
  };
}

/** A slab, a tenth of the cube. The value falls across it and has its minimum along it. */
function slab(d) {
  const [middle, half] = [0.45, { 1: 0.05, 2: 0.037, 5: 0.033 }[d]];
  const along = (x) => sum(x.slice(1).map((at, f) => (at - 0.6 + 0.1 * f) ** 2));
  const mean = (x) => (d === 1 ? x[0] : 0.7 * x[0] + 0.3 * (sum(x.slice(1)) / (d - 1)));
  const value = (x) => along(x) - mean(x);
  return {
    id: `slab-${d}`,
    d,
    succeeds: (x) => Math.abs(mean(x) - middle) <= half,
    value,
    optimum: -(middle + half),
    range: 1 + sum(Array.from({ length: d - 1 }, (_, f) => Math.max(0.6 - 0.1 * f, 0.4 + 0.1 * f) ** 2)),
  };
}

/**
 * The shares of failures among the trials from number `early` on: of all of them, and of those that also follow the first success, for
 * before it nothing tells where trials succeed.
 */
export function failureShares(succeeded, early) {
  const shareFrom = (first) => {
    const later = succeeded.slice(first);
    return later.filter((one) => !one).length / later.length;
  };
  return { share: shareFrom(early), informedShare: shareFrom(Math.max(early, succeeded.indexOf(true))) };
}

export const failureProblems = [halfSpace, ball, slab].flatMap((problem) => [1, 2, 5].map((d) => problem(d)));

function sum(values) {
  return values.reduce((total, one) => total + one, 0);
}

/** Branin's function of 2 and Hartmann's of 6 parameters, and a bowl in 5: nothing fails by itself. */
const branin = ([a, b]) => {
  const [x, y] = [15 * a - 5, 15 * b];
  return (y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
};

const forrester = ([x]) => (6 * x - 2) ** 2 * Math.sin(12 * x - 4);

export const chanceProblems = [
  { id: "forrester", d: 1, value: forrester, optimum: -6.020740055767083 },
  { id: "branin", d: 2, value: branin, optimum: 0.39788735772973816 },
  { id: "bowl-5", d: 5, value: (x) => sum(x.map((at, f) => (at - 0.3 - 0.1 * f) ** 2)), optimum: 0 },
];
