/** Functions and boxes that a minimiser must survive: row by row what a surrogate can meet at its worst. All from one seed. */

import type { Bounds } from "../src/lbfgsb/box.ts";
import { draws } from "./denseModel.ts";
import type { Differentiable } from "./minimise.ts";

export type WildCase = { readonly f: Differentiable; readonly start: readonly number[]; readonly bounds: Bounds };

/** Sums over coordinates of one-dimensional pieces, each given as value and slope. */
const separable =
  (piece: (x: number, i: number) => readonly [value: number, slope: number]): Differentiable =>
  (x, g) => {
    let f = 0;
    x.forEach((one, i) => {
      const [value, slope] = piece(one, i);
      f += value;
      g[i] = slope;
    });
    return f;
  };

const bowl: Differentiable = separable((x, i) => [(i + 1) * (x - 0.3) ** 2, 2 * (i + 1) * (x - 0.3)]);

/** Each is made of uniform numbers. */
export const wildFunctions: Record<string, (draw: () => number) => Differentiable> = {
  flat: (draw) => {
    const level = draw() - 0.5;
    return separable(() => [level, 0]);
  },
  bowl: () => bowl,
  slope: (draw) => {
    const slopes = Array.from({ length: 8 }, () => draw() - 0.5);
    return separable((x, i) => [slopes[i]! * x, slopes[i]!]);
  },
  banana: () => (x, g) => {
    g.fill(0);
    let f = 0;
    for (let i = 0; i + 1 < x.length; i++) {
      const a = x[i + 1]! - x[i]! ** 2;
      f += 100 * a ** 2 + (1 - x[i]!) ** 2;
      g[i]! -= 400 * a * x[i]! + 2 * (1 - x[i]!);
      g[i + 1]! += 200 * a;
    }
    return f;
  },
  "NaN half-plane": (draw) => {
    const edge = 1.2 * draw() - 0.4;
    return (x, g) => (x[0]! > edge ? g.fill(NaN) && NaN : bowl(x, g));
  },
  "infinite half-plane": (draw) => {
    const edge = draw();
    return (x, g) => (x[0]! < edge ? Infinity : separable((one) => [one, 1])(x, g));
  },
  "gradient NaN in places": (draw) => (x, g) => {
    const f = bowl(x, g);
    if (draw() < 0.3) g[0] = NaN;
    return f;
  },
  cliff: (draw) => {
    const edge = draw();
    const height = 10 ** (600 * draw() - 300);
    return (x, g) => separable((one) => [-one, -1])(x, g) + (x[0]! > edge ? height : 0);
  },
  "cliff down": (draw) => {
    const edge = draw();
    return (x, g) => bowl(x, g) - (x[0]! > edge ? 1e6 : 0);
  },
  stairs: () => separable((x) => [Math.floor(8 * x), 0.5]),
  kinks: () => separable((x, i) => [(i + 1) * Math.abs(x - 0.4), (i + 1) * Math.sign(x - 0.4)]),
  barrier: () => separable((x) => [-Math.log(x) - Math.log(1 - x), 1 / (1 - x) - 1 / x]),
  "square root": () => separable((x) => [-Math.sqrt(x), -0.5 / Math.sqrt(x)]),
  "gradient of another function": (draw) => (x, g) => {
    const f = bowl(x, g);
    for (let i = 0; i < g.length; i++) g[i] = 10 * (draw() - 0.5);
    return f;
  },
  "gradient uphill": () => (x, g) => {
    const f = bowl(x, g);
    for (let i = 0; i < g.length; i++) g[i]! *= -1;
    return f;
  },
  noise: (draw) => (x, g) => bowl(x, g) + 1e-3 * draw(),
  huge: (draw) => {
    const scale = 10 ** (150 + 158 * draw());
    return (x, g) => {
      const f = scale * bowl(x, g);
      for (let i = 0; i < g.length; i++) g[i]! *= scale;
      return f;
    };
  },
  tiny: (draw) => {
    const scale = 10 ** (-300 * draw());
    return (x, g) => {
      const f = scale * bowl(x, g);
      for (let i = 0; i < g.length; i++) g[i]! *= scale;
      return f;
    };
  },
  bottomless: () => separable((x) => [-(x ** 3), -3 * x ** 2]),
  "minus infinity in places": (draw) => {
    const edge = draw();
    return (x, g) => (Math.abs(x[0]! - edge) < 0.1 ? -Infinity : bowl(x, g));
  },
};

/**
 * Dimension 1 to 8; each coordinate free, half bounded, in [0, 1], in a huge box, or in one of no width; the start inside, at a bound, or
 * outside.
 */
export function wildCase(name: string, seed: number): WildCase {
  const draw = draws(seed);
  const n = 1 + Math.floor(8 * draw());
  const onlyUnit = draw() < 0.4;
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const kind = onlyUnit ? 0.9 : draw();
    lower[i] = kind < 0.2 ? -Infinity : kind < 0.3 ? -1e308 : kind < 0.4 ? 0.25 : 0;
    upper[i] =
      kind < 0.1 || (kind >= 0.4 && kind < 0.5) ? Infinity : kind >= 0.2 && kind < 0.3 ? 1e308 : kind >= 0.3 && kind < 0.4 ? 0.25 : 1;
  }
  const start = Array.from({ length: n }, (_, i) =>
    draw() < 0.15 ? Math.max(lower[i]!, -5) : draw() < 0.15 ? Math.min(upper[i]!, 5) : 3 * draw() - 1,
  );
  return { f: wildFunctions[name]!(draw), start, bounds: { lower, upper } };
}
