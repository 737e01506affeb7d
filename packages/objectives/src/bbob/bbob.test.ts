import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import golden from "./bbob.golden.json" with { type: "json" };
import { bbob } from "./bbob.ts";

type Row = {
  readonly f: number;
  readonly optimum: number;
  /** x* in two dimensions. */
  readonly minimiser: readonly [number, number];
  /** f(0) in two and in five dimensions, f(q) in five. */
  readonly originInPlane: number;
  readonly originInFive: number;
  readonly patternInFive: number;
};

/** Instance 1, from COCO's C core, compiled separately from the wheel behind bbob.golden.json. */
const published: readonly Row[] = [
  {
    f: 1,
    optimum: 79.48,
    minimiser: [0.2528, -1.1568],
    originInPlane: 80.882094080000002,
    originInFive: 92.303975680000008,
    patternInFive: 179.18277568000002,
  },
  {
    f: 2,
    optimum: -209.88,
    minimiser: [1.2072, 0.448],
    originInPlane: 207486.72423501071,
    originInFive: 3674431.6913457499,
    patternInFive: 3679638.5872812481,
  },
  {
    f: 3,
    optimum: -462.09,
    minimiser: [-2.3408, 2.3],
    originInPlane: -383.06427743867573,
    originInFive: -335.00311431916236,
    patternInFive: -296.09901033784411,
  },
  {
    f: 4,
    optimum: -462.09,
    minimiser: [2.3408, 2.3],
    originInPlane: -391.96019741629902,
    originInFive: -343.8990342967856,
    patternInFive: 1595.9984768677257,
  },
  {
    f: 5,
    optimum: -9.21,
    minimiser: [5, 5],
    originInPlane: 45.789999999999999,
    originInFive: 98.60985161055396,
    patternInFive: 140.74476015136671,
  },
  {
    f: 6,
    optimum: 35.9,
    minimiser: [2.7816, 1.1136],
    originInPlane: 228346.12662830521,
    originInFive: 55101.901098252827,
    patternInFive: 278100.11163298215,
  },
  {
    f: 7,
    optimum: 92.94,
    minimiser: [-0.2256, 0.736],
    originInPlane: 100.37086354763274,
    originInFive: 106.05513987471636,
    patternInFive: 915.06723685296265,
  },
  {
    f: 8,
    optimum: 149.15,
    minimiser: [-0.0552, -0.3708],
    originInPlane: 155.77610164207618,
    originInFive: 1476.207257345201,
    patternInFive: 117005.19490313847,
  },
  {
    f: 9,
    optimum: 123.83,
    minimiser: [-0.030060858346, 0.706467511493],
    originInPlane: 130.32999999999998,
    originInFive: 149.82999999999998,
    patternInFive: 53198.177849886641,
  },
  {
    f: 10,
    optimum: -54.94,
    minimiser: [-1.7264, -1.508],
    originInPlane: 3012722.6538382759,
    originInFive: 6036865.9219812788,
    patternInFive: 3993127.1789262923,
  },
  {
    f: 11,
    optimum: 76.27,
    minimiser: [-0.9384, -3.1504],
    originInPlane: 10191388.74239485,
    originInFive: 5445766.0464379061,
    patternInFive: 20809539.041795764,
  },
  {
    f: 12,
    optimum: -621.11,
    minimiser: [-0.892, 3.9912],
    originInPlane: 253803031.42527157,
    originInFive: 32757629.628032066,
    patternInFive: 28710314.399954479,
  },
  {
    f: 13,
    optimum: 29.97,
    minimiser: [0.8744, -1.704],
    originInPlane: 401.51985530824118,
    originInFive: 1078.0864654237093,
    patternInFive: 833.67453748860817,
  },
  {
    f: 14,
    optimum: -52.35,
    minimiser: [-0.872, -1.2448],
    originInPlane: -50.862085644639116,
    originInFive: 11.306788139507752,
    patternInFive: 46.96154764732804,
  },
  {
    f: 15,
    optimum: 1000,
    minimiser: [-3.0568, 3.0016],
    originInPlane: 1079.9263576189667,
    originInFive: 1383.329773849239,
    patternInFive: 3822.9632677693421,
  },
  {
    f: 16,
    optimum: 71.35,
    minimiser: [1.8328, -2.1424],
    originInPlane: 146.89021143705793,
    originInFive: 191.91748548972296,
    patternInFive: 170.21664906213073,
  },
  {
    f: 17,
    optimum: -16.94,
    minimiser: [3.656, 2.5496],
    originInPlane: 23.80075597213165,
    originInFive: 9.7471415521498415,
    patternInFive: 87.030288574095948,
  },
  {
    f: 18,
    optimum: -16.94,
    minimiser: [3.656, 2.5496],
    originInPlane: 1258.5523731780424,
    originInFive: 77.761239861756636,
    patternInFive: 396.09131301653787,
  },
  {
    f: 19,
    optimum: -102.55,
    minimiser: [-0.135236197114, 0.694054155661],
    originInPlane: -102.29962625728024,
    originInFive: -102.29962625728024,
    patternInFive: -76.387361913654019,
  },
  {
    f: 20,
    optimum: -546.5,
    minimiser: [-2.10484373185, 2.10484373185],
    originInPlane: 4975.0154014933514,
    originInFive: 6046.1544727646888,
    patternInFive: 11631.034646167685,
  },
  {
    f: 21,
    optimum: 40.78,
    minimiser: [-2.51487650653, -1.78747656093],
    originInPlane: 54.300466502212132,
    originInFive: 75.324772957569465,
    patternInFive: 110.72070287353209,
  },
  {
    f: 22,
    optimum: -1000,
    minimiser: [1.34953975051, 0.718550625964],
    originInPlane: -936.05575544698445,
    originInFive: -919.42830133014172,
    patternInFive: -921.2221953215045,
  },
  {
    f: 23,
    optimum: 6.87,
    minimiser: [2.7672, 2.1248],
    originInPlane: 31.705100989924524,
    originInFive: 13.586939244582254,
    patternInFive: 24.506493994530025,
  },
  {
    f: 24,
    optimum: 102.61,
    minimiser: [-1.25, 1.25],
    originInPlane: 142.06617198058007,
    originInFive: 171.46484536493915,
    patternInFive: 250.45707432761759,
  },
];

const functions = Array.from({ length: 24 }, (_, k) => k + 1);
const dimensions = [2, 3, 5, 10, 20, 40];
const instances = [...Array.from({ length: 15 }, (_, k) => k + 1), 75, 101, 102, 103];

describe("BBOB against the table of values of instance 1", () => {
  it.each(published)("gives f$f its optimum, minimiser, f(0) and f(q), |a-b|/|b| within 1e-9 (f23 1e-8)", (row) => {
    const plane = bbob(row.f, 2, 1);
    const five = bbob(row.f, 5, 1);
    expect(plane.optimum.value).toBe(row.optimum);
    expect(five.optimum.value).toBe(row.optimum);
    row.minimiser.forEach((coordinate, k) => {
      expect(Math.abs(plane.minimisers[0]![k]! - coordinate)).toBeLessThan(1e-11);
    });
    const tolerance = row.f === 23 ? 1e-8 : 1e-9;
    expect(relativeError(plane.evaluate(new Float64Array(2)), row.originInPlane)).toBeLessThan(tolerance);
    expect(relativeError(five.evaluate(new Float64Array(5)), row.originInFive)).toBeLessThan(tolerance);
    expect(relativeError(five.evaluate(goldenPoint(5, 1)), row.patternInFive)).toBeLessThan(tolerance);
  });
});

describe("BBOB against the golden values of COCO's C core", () => {
  it.each(functions)("gives f%i its values inside and outside the box, |a-b|/|b| within 1e-9", (f) => {
    const rows = golden.rows.filter((row) => row.f === f);
    expect(rows).toHaveLength(48);
    for (const row of rows) {
      const { evaluate } = bbob(f, row.d, row.i);
      expect(row.values).toHaveLength(6);
      row.values.forEach((value, index) => {
        expect(relativeError(evaluate(goldenPoint(row.d, index)), value), `d${row.d} i${row.i} point ${index}`).toBeLessThan(1e-9);
      });
    }
  });

  it.each(functions)("gives f%i its optimal value and its minimiser (f20's constant is rounded differently in its tenth digit)", (f) => {
    for (const row of golden.rows.filter((each) => each.f === f)) {
      const { optimum, minimisers } = bbob(f, row.d, row.i);
      expect(Math.abs(optimum.value - row.optimum)).toBeLessThan(1e-13);
      row.minimiser.forEach((coordinate, k) => {
        expect(Math.abs(minimisers[0]![k]! - coordinate)).toBeLessThan(f === 20 ? 3e-10 : 1e-13);
      });
    }
  });
});

describe("every BBOB function", () => {
  it.each(functions)("f%i attains its optimal value at its minimiser, which lies in the box, in all dimensions and instances", (f) => {
    for (const dimension of dimensions) {
      for (const instance of instances) {
        const { evaluate, optimum, minimisers } = bbob(f, dimension, instance);
        expect(minimisers).toHaveLength(1);
        expect(minimisers[0]).toHaveLength(dimension);
        for (const coordinate of minimisers[0]!) expect(Math.abs(coordinate)).toBeLessThanOrEqual(5);
        expect(Math.abs(evaluate(Float64Array.from(minimisers[0]!)) - optimum.value)).toBeLessThanOrEqual(optimum.tolerance);
      }
    }
  });

  it.each(functions)("f%i is finite in 40 dimensions up to twenty times the size of the box", (f) => {
    const { evaluate } = bbob(f, 40, 3);
    for (const size of [0, 5, 7.5, 100]) expect(Number.isFinite(evaluate(new Float64Array(40).fill(size)))).toBe(true);
  });

  it.each([4, 7, 16, 17, 18, 21, 22, 23, 24])("f%i is penalised outside the box", (f) => {
    const { evaluate } = bbob(f, 5, 2);
    const near = evaluate(new Float64Array(5).fill(50));
    const far = evaluate(new Float64Array(5).fill(5000));
    expect(far).toBeGreaterThan(near + 1e5);
  });

  it("keeps the same bits on every engine", async () => {
    const numbers: number[] = [];
    for (const f of functions) {
      for (const dimension of dimensions) {
        for (const instance of [1, 15, 103]) {
          const { evaluate, optimum, minimisers } = bbob(f, dimension, instance);
          const values = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => evaluate(goldenPoint(dimension, index)));
          numbers.push(...values, optimum.value, ...minimisers[0]!);
        }
      }
    }
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Float64Array.from(numbers)));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(hex).toBe("7e6295439b63841b440d2e2658948590aa486304e6b62cdfcadf2a6d798246e6");
  });
});

describe("the description of a BBOB function", () => {
  it("names function, dimension and instance", () => {
    expect(bbob(15, 5, 3)).toMatchObject({
      id: "bbob-f15-d5-i3",
      title: "BBOB f15: Rastrigin, 5 dimensions, instance 3",
      bounds: Array.from({ length: 5 }, () => [-5, 5]),
      domain: "reals",
    });
  });

  it("claims a single minimiser except for the step ellipsoid, Weierstrass and Katsuura", () => {
    expect(functions.filter((f) => !bbob(f, 3, 1).minimisersComplete)).toEqual([7, 16, 23]);
  });

  it("counts as separable exactly the first group, as unimodal f1, f2, f5 to f7 and f10 to f14", () => {
    const tagged = (tag: string) => functions.filter((f) => bbob(f, 3, 1).tags.some((each) => each === tag));
    expect(tagged("separable")).toEqual([1, 2, 3, 4, 5]);
    expect(tagged("unimodal")).toEqual([1, 2, 5, 6, 7, 10, 11, 12, 13, 14]);
    expect(tagged("multimodal")).toEqual([3, 4, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    expect(tagged("weak structure")).toEqual([20, 21, 22, 23, 24]);
  });

  it("is minimal along a whole segment through the step ellipsoid's x*, and nowhere else near the sphere's", () => {
    const onRing = (f: number): number => {
      const { evaluate, optimum, minimisers } = bbob(f, 2, 1);
      const [x1, x2] = minimisers[0]!;
      const values = Array.from({ length: 4000 }, (_, k) => {
        const angle = (2 * Math.PI * k) / 4000;
        return evaluate(Float64Array.of(x1! + 0.005 * Math.cos(angle), x2! + 0.005 * Math.sin(angle))) - optimum.value;
      });
      return Math.min(...values);
    };
    expect(onRing(7)).toBeLessThan(1e-9);
    expect(onRing(1)).toBeGreaterThan(1e-5);
  });
});

describe("bad arguments of bbob", () => {
  it.each([
    [0, 5, 1, "BBOB function"],
    [25, 5, 1, "BBOB function"],
    [1.5, 5, 1, "BBOB function"],
    [NaN, 5, 1, "BBOB function"],
    [1, 1, 1, "BBOB dimension"],
    [1, 41, 1, "BBOB dimension"],
    [1, 2.5, 1, "BBOB dimension"],
    [1, 5, 0, "BBOB instance"],
    [1, 5, -3, "BBOB instance"],
    [1, 5, 1.5, "BBOB instance"],
    [1, 5, Infinity, "BBOB instance"],
    [1, 5, 200001, "BBOB instance"],
  ])("f %d, dimension %d, instance %d throw a ConfigError about the %s", (f, dimension, instance, what) => {
    const error = thrownBy(() => bbob(f, dimension, instance));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      code: "outOfRange",
      what,
      expected: expect.stringMatching(/^an integer from \d+ to \d+$/),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it("still accepts the largest instance, dimension and function", () => {
    expect(Number.isFinite(bbob(24, 40, 200000).evaluate(new Float64Array(40)))).toBe(true);
  });
});

function relativeError(value: number, expected: number): number {
  return Math.abs(value - expected) / Math.abs(expected);
}

/** The points of golden/bbob.py: the centre, the pattern q, two inside the box, two up to 7.5, then by turns. */
function goldenPoint(dimension: number, index: number): Float64Array {
  const q = [-1.8, 4.5, 0.9, -2.7, 3.6];
  if (index === 0) return new Float64Array(dimension);
  if (index === 1) return Float64Array.from({ length: dimension }, (_, k) => q[k % 5]!);
  const half = index === 4 || index === 5 || (index > 5 && index % 2 === 0) ? 7.5 : 5;
  const hashed = (k: number): number => (k * k * 31 + k * index * 57 + index * 271 + 17) % 1009;
  return Float64Array.from({ length: dimension }, (_, k) => (half * (2 * hashed(k) - 1008)) / 1008);
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
