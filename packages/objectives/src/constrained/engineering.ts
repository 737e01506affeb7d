/**
 * Four design problems of engineering, in the forms that most papers share: C. A. Coello Coello, "Use of a self-adaptive penalty approach
 * for engineering optimization problems" (2000), and, for the speed reducer, E. Mezura-Montes and C. A. Coello Coello (2005). Collections
 * differ in details (a factor 6 in the buckling load of the beam, the lower bound of x5 of the reducer), and their published minima do too.
 */
import { int, real } from "@caviar-hpo/core";
import { type ConstrainedFunction, fromFormula } from "./constrainedFunction.ts";

/** The weight of a tension spring: diameters of wire and coil, and the number of coils. The minimum is 0.012665. */
export function tensionSpring(): ConstrainedFunction {
  return fromFormula({
    id: "tension-spring",
    title: "Tension spring",
    params: [real(0.05, 2), real(0.25, 1.3), real(2, 15)],
    objective: ([wire, coil, coils]) => (coils! + 2) * coil! * wire! * wire!,
    constraints: {
      deflection: ([wire, coil, coils]) => 1 - (coil! * coil! * coil! * coils!) / (71785 * wire! * wire! * wire! * wire!),
      shear: ([wire, coil]) => {
        const bending = (4 * coil! * coil! - wire! * coil!) / (12566 * wire! * wire! * wire! * (coil! - wire!));
        return bending + 1 / (5108 * wire! * wire!) - 1;
      },
      frequency: ([wire, coil, coils]) => 1 - (140.45 * wire!) / (coil! * coil! * coils!),
      diameter: ([wire, coil]) => (coil! + wire!) / 1.5 - 1,
    },
    optimum: { value: 0.012665232788319417, tolerance: 1e-12 },
    minimisers: [[0.051689061082865896, 0.3567177398006618, 11.28896575163207]],
    minimisersComplete: true,
    source: "Coello Coello 2000",
  });
}

const load = 6000;
const span = 14;
const youngModulus = 30e6;
const shearModulus = 12e6;

/** The cost of a welded beam: size of the weld, and of the bar. The minimum is 1.7249. */
export function weldedBeam(): ConstrainedFunction {
  return fromFormula({
    id: "welded-beam",
    title: "Welded beam",
    params: [real(0.1, 2), real(0.1, 10), real(0.1, 10), real(0.1, 2)],
    objective: ([h, l, t, b]) => 1.10471 * h! * h! * l! + 0.04811 * t! * b! * (14 + l!),
    constraints: {
      shear: ([h, l, t]) => shearStress(h!, l!, t!) - 13600,
      bending: ([, , t, b]) => (6 * load * span) / (b! * t! * t!) - 30000,
      sides: ([h, , , b]) => h! - b!,
      cost: ([h, l, t, b]) => 0.10471 * h! * h! + 0.04811 * t! * b! * (14 + l!) - 5,
      weld: ([h]) => 0.125 - h!,
      deflection: ([, , t, b]) => (4 * load * span * span * span) / (youngModulus * t! * t! * t! * b!) - 0.25,
      buckling: ([, , t, b]) => load - bucklingLoad(t!, b!),
    },
    optimum: { value: 1.724852308597365, tolerance: 1e-10 },
    minimisers: [[0.20572963978525988, 3.470488665648116, 9.036623910362708, 0.20572963978625985]],
    minimisersComplete: true,
    source: "Coello Coello 2000",
  });
}

function shearStress(h: number, l: number, t: number): number {
  const arm = (h + t) / 2;
  const radius = Math.sqrt((l * l) / 4 + arm * arm);
  const polar = 2 * Math.SQRT2 * h * l * ((l * l) / 12 + arm * arm);
  const primary = load / (Math.SQRT2 * h * l);
  const secondary = (load * (span + l / 2) * radius) / polar;
  return Math.sqrt(primary * primary + (primary * secondary * l) / radius + secondary * secondary);
}

function bucklingLoad(t: number, b: number): number {
  const straight = (4.013 * youngModulus * ((t * b * b * b) / 6)) / (span * span);
  return straight * (1 - (t / (2 * span)) * Math.sqrt(youngModulus / (4 * shearModulus)));
}

/** The weight of a speed reducer with seven sizes, one of them whole, and eleven constraints. The minimum is 2996.3. */
export function speedReducer(): ConstrainedFunction {
  const shaft =
    (length: number, diameter: number, constant: number, factor: number) =>
    (x: readonly number[]): number => {
      const bend = (745 * x[length]!) / (x[1]! * x[2]!);
      return Math.sqrt(bend * bend + constant) / (factor * cube(x[diameter]!)) - 1;
    };
  const bend =
    (length: number, diameter: number) =>
    (x: readonly number[]): number =>
      (1.93 * cube(x[length]!)) / (x[1]! * x[2]! * cube(x[diameter]!) * x[diameter]!) - 1;
  return fromFormula({
    id: "speed-reducer",
    title: "Speed reducer",
    params: [real(2.6, 3.6), real(0.7, 0.8), int(17, 28), real(7.3, 8.3), real(7.8, 8.3), real(2.9, 3.9), real(5, 5.5)],
    objective: ([x1, x2, x3, x4, x5, x6, x7]) => {
      const gear = 0.7854 * x1! * x2! * x2! * (3.3333 * x3! * x3! + 14.9334 * x3! - 43.0934);
      const shafts = x6! * x6! + x7! * x7!;
      return gear - 1.508 * x1! * shafts + 7.4777 * (cube(x6!) + cube(x7!)) + 0.7854 * (x4! * x6! * x6! + x5! * x7! * x7!);
    },
    constraints: {
      toothBending: ([x1, x2, x3]) => 27 / (x1! * x2! * x2! * x3!) - 1,
      toothContact: ([x1, x2, x3]) => 397.5 / (x1! * x2! * x2! * x3! * x3!) - 1,
      deflection1: bend(3, 5),
      deflection2: bend(4, 6),
      stress1: shaft(3, 5, 16.9e6, 110),
      stress2: shaft(4, 6, 157.5e6, 85),
      space: ([, x2, x3]) => (x2! * x3!) / 40 - 1,
      widthLow: ([x1, x2]) => (5 * x2!) / x1! - 1,
      widthHigh: ([x1, x2]) => x1! / (12 * x2!) - 1,
      length1: ([, , , x4, , x6]) => (1.5 * x6! + 1.9) / x4! - 1,
      length2: ([, , , , x5, , x7]) => (1.1 * x7! + 1.9) / x5! - 1,
    },
    optimum: { value: 2996.3481649685295, tolerance: 1e-8 },
    minimisers: [[3.5000000000035, 0.7, 17, 7.3, 7.8, 3.3502146660997973, 5.286683229763203]],
    minimisersComplete: true,
    source: "Mezura-Montes & Coello Coello 2005",
  });
}

/** The cost of a pressure vessel: plates in sixteenths of an inch, radius and length. The minimum is 6059.7. */
export function pressureVessel(): ConstrainedFunction {
  const plate = real(0.0625, 6.1875, { step: 0.0625 });
  return fromFormula({
    id: "pressure-vessel",
    title: "Pressure vessel",
    params: [plate, plate, real(10, 200), real(10, 200)],
    objective: ([side, head, r, l]) =>
      0.6224 * side! * r! * l! + 1.7781 * head! * r! * r! + 3.1661 * side! * side! * l! + 19.84 * side! * side! * r!,
    constraints: {
      side: ([side, , r]) => 0.0193 * r! - side!,
      head: ([, head, r]) => 0.00954 * r! - head!,
      volume: ([, , r, l]) => 1296000 - Math.PI * r! * r! * l! - (4 * Math.PI * cube(r!)) / 3,
      length: ([, , , l]) => l! - 240,
    },
    optimum: { value: 6059.714335048436, tolerance: 1e-7 },
    minimisers: [[0.8125, 0.4375, 42.098445595803106, 176.6365958436031]],
    minimisersComplete: true,
    source: "Coello Coello 2000",
  });
}

function cube(x: number): number {
  return x * x * x;
}
