import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cos, exp, expm1, log, log1p, pow, sin, tanh } from "./index.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const positive = fc.double({ noNaN: true, noDefaultInfinity: true, min: Number.MIN_VALUE });
const between = (min: number, max: number) => fc.double({ noNaN: true, min, max });
const epsilon = Number.EPSILON;

describe("laws of the elementary functions", () => {
  it("sin and tanh are odd, cos is even, to the bit", () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(sin(-x)).toBe(-sin(x));
        expect(tanh(-x)).toBe(-tanh(x));
        expect(cos(-x)).toBe(cos(x));
      }),
    );
  });

  it("sin^2 + cos^2 is 1 within 2 epsilon at every size", () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThanOrEqual(2 * epsilon);
      }),
    );
  });

  it("sin 2x = 2 sin x cos x within 4 epsilon, relative", () => {
    fc.assert(
      fc.property(between(-1e300, 1e300), (x) => {
        fc.pre(Math.abs(x) > 1e-150);
        expect(Math.abs(sin(2 * x) - 2 * sin(x) * cos(x))).toBeLessThanOrEqual(4 * epsilon * Math.abs(sin(2 * x)));
      }),
    );
  });

  it("exp(log x) returns to x, up to the rounding of the logarithm, which exp multiplies by its size", () => {
    fc.assert(
      fc.property(positive, (x) => {
        fc.pre(x > 1e-300);
        expect(Math.abs(exp(log(x)) - x)).toBeLessThanOrEqual((Math.abs(log(x)) + 2) * epsilon * x);
      }),
    );
  });

  it("log(exp x) returns to x within an ulp of it and one of e^x", () => {
    fc.assert(
      fc.property(between(-700, 700), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(epsilon * (Math.abs(x) + 1));
      }),
    );
  });

  it("log1p(expm1 x) returns to x within 4 epsilon where neither is flat", () => {
    fc.assert(
      fc.property(between(-1, 700), (x) => {
        expect(Math.abs(log1p(expm1(x)) - x)).toBeLessThanOrEqual(4 * epsilon * Math.abs(x));
      }),
    );
  });

  it("log(x y) = log x + log y", () => {
    fc.assert(
      fc.property(between(1e-150, 1e150), between(1e-150, 1e150), (x, y) => {
        const sum = log(x) + log(y);
        expect(Math.abs(log(x * y) - sum)).toBeLessThanOrEqual(2 * epsilon * (1 + Math.abs(log(x)) + Math.abs(log(y))));
      }),
    );
  });

  it("tanh x = (e^x - e^-x) / (e^x + e^-x) within 8 epsilon", () => {
    fc.assert(
      fc.property(between(-20, 20), (x) => {
        const ratio = (exp(x) - exp(-x)) / (exp(x) + exp(-x));
        expect(Math.abs(tanh(x) - ratio)).toBeLessThanOrEqual(8 * epsilon);
      }),
    );
  });

  it("pow(x, 2) is x * x and pow(x, 1/2) the square root, to the bit", () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(pow(x, 2)).toBe(x * x);
        expect(pow(-x, 2)).toBe(x * x);
        expect(pow(x, 0.5)).toBe(Math.sqrt(x));
      }),
    );
  });

  it("pow(x, -1) is 1 / x, and pow(x, 4) the square of the square, within 2 ulp", () => {
    fc.assert(
      fc.property(between(1e-75, 1e75), (x) => {
        expect(Math.abs(pow(x, -1) - 1 / x)).toBeLessThanOrEqual((2 * epsilon) / x);
        const fourth = x * x * (x * x);
        expect(Math.abs(pow(x, 4) - fourth)).toBeLessThanOrEqual(2 * epsilon * fourth);
      }),
    );
  });

  it("pow(x, y) pow(x, -y) is 1 within 2 epsilon", () => {
    fc.assert(
      fc.property(between(1e-3, 1e3), between(-100, 100), (x, y) => {
        expect(Math.abs(pow(x, y) * pow(x, -y) - 1)).toBeLessThanOrEqual(2 * epsilon);
      }),
    );
  });

  it("pow(x, y) is exp(y log x), up to the rounding of the logarithm", () => {
    fc.assert(
      fc.property(positive, between(-2, 2), (x, y) => {
        const product = y * log(x);
        fc.pre(Math.abs(product) < 700);
        expect(Math.abs(pow(x, y) / exp(product) - 1)).toBeLessThanOrEqual((2 * Math.abs(product) + 4) * epsilon);
      }),
    );
  });
});
