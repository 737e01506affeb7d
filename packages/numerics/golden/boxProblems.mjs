/**
 * Smooth problems in boxes with known solutions, the same as in lbfgsb.py, for the tests of L-BFGS-B and its bench: those of J. Moré, B.
 * Garbow and K. Hillstrom, "Testing unconstrained optimization software", ACM Trans. Math. Softw. 7 (1981); HS = W. Hock and K.
 * Schittkowski, "Test examples for nonlinear programming codes" (1981); driver1 = the example distributed with L-BFGS-B.
 */

const { cos, exp, log, sin, sqrt, PI } = Math;
const all = (n, value) => Array(n).fill(value);
const alternate = (n, first, second) => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? first : second));

function rosenbrock(x, g) {
  let f = 0;
  g.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1] - x[i] * x[i];
    const b = 1 - x[i];
    f += 100 * a * a + b * b;
    g[i] -= 400 * a * x[i] + 2 * b;
    g[i + 1] += 200 * a;
  }
  return f;
}

function beale(x, g) {
  let f = 0;
  g.fill(0);
  for (const [power, y] of [1.5, 2.25, 2.625].entries()) {
    const r = y - x[0] * (1 - x[1] ** (power + 1));
    f += r * r;
    g[0] -= 2 * r * (1 - x[1] ** (power + 1));
    g[1] += 2 * r * x[0] * (power + 1) * x[1] ** power;
  }
  return f;
}

function wood([a, b, c, d], g) {
  const p = b - a * a;
  const q = d - c * c;
  g[0] = -400 * a * p - 2 * (1 - a);
  g[1] = 200 * p + 20.2 * (b - 1) + 19.8 * (d - 1);
  g[2] = -360 * c * q - 2 * (1 - c);
  g[3] = 180 * q + 20.2 * (d - 1) + 19.8 * (b - 1);
  return 100 * p * p + (1 - a) ** 2 + 90 * q * q + (1 - c) ** 2 + 10.1 * ((b - 1) ** 2 + (d - 1) ** 2) + 19.8 * (b - 1) * (d - 1);
}

/**
 * sum c_i (x_i - 1)^2 / 2 with c from 1 to 10^6, in coordinates turned by the reflection at (1, ..., 1), so that no axis is an eigenvector.
 */
function quadratic(x, g) {
  const n = x.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (x[i] - 1) / n;
  let f = 0;
  let pull = 0;
  for (let i = 0; i < n; i++) {
    const c = 10 ** ((6 * i) / (n - 1));
    const z = x[i] - 1 - 2 * mean;
    f += (c * z * z) / 2;
    g[i] = c * z;
    pull += (2 * c * z) / n;
  }
  for (let i = 0; i < n; i++) g[i] -= pull;
  return f;
}

function powellSingular([a, b, c, d], g) {
  const [p, q, r, s] = [a + 10 * b, c - d, b - 2 * c, a - d];
  g[0] = 2 * p + 40 * s ** 3;
  g[1] = 20 * p + 4 * r ** 3;
  g[2] = 10 * q - 8 * r ** 3;
  g[3] = -10 * q - 40 * s ** 3;
  return p * p + 5 * q * q + r ** 4 + 10 * s ** 4;
}

function dixonPrice(x, g) {
  let f = (x[0] - 1) ** 2;
  g.fill(0);
  g[0] = 2 * (x[0] - 1);
  for (let i = 1; i < x.length; i++) {
    const r = 2 * x[i] * x[i] - x[i - 1];
    f += (i + 1) * r * r;
    g[i] += (i + 1) * 8 * r * x[i];
    g[i - 1] -= (i + 1) * 2 * r;
  }
  return f;
}

/** Moré, Garbow and Hillstrom's problem 25. */
function variablyDimensioned(x, g) {
  let f = 0;
  let s = 0;
  for (let i = 0; i < x.length; i++) {
    f += (x[i] - 1) ** 2;
    s += (i + 1) * (x[i] - 1);
  }
  for (let i = 0; i < x.length; i++) g[i] = 2 * (x[i] - 1) + (i + 1) * (2 * s + 4 * s ** 3);
  return f + s * s + s ** 4;
}

function trigonometric(x, g) {
  const n = x.length;
  let sum = n;
  for (const one of x) sum -= cos(one);
  let f = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const r = sum + (i + 1) * (1 - cos(x[i])) - sin(x[i]);
    f += r * r;
    total += r;
    g[i] = 2 * r * ((i + 1) * sin(x[i]) - cos(x[i]));
  }
  for (let i = 0; i < n; i++) g[i] += 2 * total * sin(x[i]);
  return f;
}

function driver1(x, g) {
  const n = x.length;
  let f = 0.25 * (x[0] - 1) ** 2;
  g.fill(0);
  g[0] = 2 * (x[0] - 1);
  for (let i = 1; i < n; i++) {
    const t = x[i] - x[i - 1] * x[i - 1];
    f += t * t;
    g[i] += 8 * t;
    g[i - 1] -= 16 * x[i - 1] * t;
  }
  return 4 * f;
}

function hs3([a, b], g) {
  g[0] = -2e-5 * (b - a);
  g[1] = 1 + 2e-5 * (b - a);
  return b + 1e-5 * (b - a) ** 2;
}

function hs4([a, b], g) {
  g[0] = (a + 1) ** 2;
  g[1] = 1;
  return (a + 1) ** 3 / 3 + b;
}

function hs5([a, b], g) {
  g[0] = cos(a + b) + 2 * (a - b) - 1.5;
  g[1] = cos(a + b) - 2 * (a - b) + 2.5;
  return sin(a + b) + (a - b) ** 2 - 1.5 * a + 2.5 * b + 1;
}

function hs45(x, g) {
  let product = 1;
  for (const one of x) product *= one;
  for (let i = 0; i < 5; i++) {
    let others = 1;
    for (let j = 0; j < 5; j++) if (j !== i) others *= x[j];
    g[i] = -others / 120;
  }
  return 2 - product / 120;
}

function hs110(x, g) {
  let f = 0;
  let product = 1;
  for (const one of x) product *= one;
  const root = product ** 0.2;
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] - 2, 10 - x[i]];
    f += log(a) ** 2 + log(b) ** 2;
    g[i] = (2 * log(a)) / a - (2 * log(b)) / b - (0.2 * root) / x[i];
  }
  return f - root;
}

/** A sum of bells around three centres, as flat far out as an acquisition function. */
function bells(x, g) {
  let f = 0;
  g.fill(0);
  for (const [centre, height] of [
    [0.2, 1],
    [0.6, 1.5],
    [1, 2],
  ]) {
    let r = 0;
    for (const one of x) r += (one - centre) ** 2;
    const bell = height * exp(-4 * r);
    f -= bell;
    for (let i = 0; i < x.length; i++) g[i] += 8 * (x[i] - centre) * bell;
  }
  return f;
}

const whole = (n) => ({ lower: all(n, -Infinity), upper: all(n, Infinity) });
const cube = (n, low, high) => ({ lower: all(n, low), upper: all(n, high) });
const hs5Minimum = -sqrt(3) / 2 - PI / 3;

/**
 * `minimum` is the value at the solution in the box nearest to where descent from the start leads, null where no closed form or published
 * value is known.
 */
export const boxProblems = [
  { name: "Rosenbrock 2", f: rosenbrock, start: [-1.2, 1], ...whole(2), minimum: 0 },
  { name: "Rosenbrock 5", f: rosenbrock, start: alternate(5, -1.2, 1), ...whole(5), minimum: null },
  { name: "Rosenbrock 10", f: rosenbrock, start: alternate(10, -1.2, 1), ...whole(10), minimum: null },
  { name: "Rosenbrock 20", f: rosenbrock, start: alternate(20, -1.2, 1), ...whole(20), minimum: null },
  { name: "Rosenbrock 2 in [-2, 2]", f: rosenbrock, start: [-1.2, 1], ...cube(2, -2, 2), minimum: 0 },
  { name: "Rosenbrock 10 in [-2, 2]", f: rosenbrock, start: alternate(10, -1.2, 1), ...cube(10, -2, 2), minimum: null },
  { name: "Rosenbrock 20 in [-2, 2]", f: rosenbrock, start: all(20, -1), ...cube(20, -2, 2), minimum: null },
  { name: "Rosenbrock 2 in [-2, 0.5]", f: rosenbrock, start: [-1.2, 0.5], ...cube(2, -2, 0.5), minimum: 0.25 },
  { name: "Rosenbrock 10 in [-2, 0.8]", f: rosenbrock, start: alternate(10, -1.2, 0.8), ...cube(10, -2, 0.8), minimum: null },
  { name: "Rosenbrock 20 in [1.1, 3]", f: rosenbrock, start: alternate(20, 1.1, 3), ...cube(20, 1.1, 3), minimum: null },
  { name: "Beale", f: beale, start: [1, 1], ...whole(2), minimum: 0 },
  { name: "Beale in [-4.5, 4.5]", f: beale, start: [-3, -3], ...cube(2, -4.5, 4.5), minimum: null },
  { name: "Beale, x1 <= 2", f: beale, start: [1, 1], lower: [-Infinity, -Infinity], upper: [2, Infinity], minimum: null },
  { name: "Wood", f: wood, start: [-3, -1, -3, -1], ...whole(4), minimum: null },
  { name: "HS38 (Wood)", f: wood, start: [-3, -1, -3, -1], ...cube(4, -10, 10), minimum: 0 },
  { name: "quadratic 10, condition 1e6", f: quadratic, start: all(10, -1), ...whole(10), minimum: 0 },
  {
    name: "quadratic 20, condition 1e6, x >= 0",
    f: quadratic,
    start: alternate(20, 3, 5),
    lower: all(20, 0),
    upper: all(20, Infinity),
    minimum: 0,
  },
  { name: "quadratic 10, condition 1e6, in [1.5, 2]", f: quadratic, start: alternate(10, 1.5, 2), ...cube(10, 1.5, 2), minimum: null },
  { name: "Powell singular", f: powellSingular, start: [3, -1, 0, 1], ...whole(4), minimum: 0 },
  {
    name: "Powell singular, x2 >= 0.1",
    f: powellSingular,
    start: [3, 1, 0, 1],
    lower: [-Infinity, 0.1, -Infinity, -Infinity],
    upper: all(4, Infinity),
    minimum: null,
  },
  { name: "Dixon and Price 10", f: dixonPrice, start: all(10, 3), ...cube(10, -10, 10), minimum: null },
  {
    name: "variably dimensioned 10",
    f: variablyDimensioned,
    start: Array.from({ length: 10 }, (_, i) => 1 - (i + 1) / 10),
    ...whole(10),
    minimum: 0,
  },
  { name: "trigonometric 10", f: trigonometric, start: all(10, 0.1), ...whole(10), minimum: null },
  { name: "driver1", f: driver1, start: all(25, 3), lower: alternate(25, 1, -100), upper: all(25, 100), minimum: 0 },
  { name: "HS1", f: rosenbrock, start: [-2, 1], lower: [-Infinity, -1.5], upper: all(2, Infinity), minimum: 0 },
  { name: "HS2", f: rosenbrock, start: [-2, 1.5], lower: [-Infinity, 1.5], upper: all(2, Infinity), minimum: null },
  { name: "HS3", f: hs3, start: [10, 1], lower: [-Infinity, 0], upper: all(2, Infinity), minimum: 0 },
  { name: "HS4", f: hs4, start: [1.125, 0.125], lower: [1, 0], upper: all(2, Infinity), minimum: 8 / 3 },
  { name: "HS5", f: hs5, start: [0, 0], lower: [-1.5, -3], upper: [4, 3], minimum: hs5Minimum },
  { name: "HS45", f: hs45, start: all(5, 0.5), lower: all(5, 0), upper: [1, 2, 3, 4, 5], minimum: 1 },
  { name: "HS110", f: hs110, start: all(10, 9), ...cube(10, 2.001, 9.999), minimum: -45.77846971 },
  { name: "bells 5 in [0, 1]", f: bells, start: all(5, 0.3), ...cube(5, 0, 1), minimum: null },
];
