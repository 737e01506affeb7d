/**
 * Branin's function with constants that change at low fidelity.
 *
 * `braninMf`: K. Kandasamy, G. Dasarathy, J. Schneider and B. Póczos, "Multi-fidelity Bayesian optimisation with continuous approximations"
 * (BOCA, 2017). In the paper, three fidelities change b, c and t. Here one fidelity changes all three.
 *
 * `augmentedBranin`: that of BoTorch (MIT). Its fidelity changes only b. So every fidelity has the same minimum, at other points.
 */
import { type BraninShape, braninAt, braninMinimisers, braninShape, braninWith } from "../classical/branin.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { overBox } from "./overBox.ts";
import { share, shareSeconds } from "./share.ts";

/** Branin's function whose fidelity, a share from 0.01 to 1, changes b, c and t. The minimum at share 1 is 0.3979. */
export function braninMf(): MultiFidelityFunction {
  return shaped("branin-mf", "Branin of three fidelities in one", "Kandasamy, Dasarathy, Schneider & Póczos 2017", (z) => ({
    b: braninShape.b - 0.01 * (1 - z),
    c: braninShape.c - 0.1 * (1 - z),
    t: braninShape.t + 0.005 * (1 - z),
  }));
}

/** Branin's function whose fidelity, a share from 0.01 to 1, changes b. The minimum at share 1 is 0.3979. */
export function augmentedBranin(): MultiFidelityFunction {
  return shaped("branin-augmented", "Augmented Branin", "BoTorch (MIT); Wu, Toscano-Palmerin, Frazier & Wilson 2019", (s) => ({
    ...braninShape,
    b: braninShape.b - 0.1 * (1 - s),
  }));
}

function shaped(id: string, title: string, source: string, shape: (fidelity: number) => BraninShape): MultiFidelityFunction {
  return overBox({
    id,
    title,
    bounds: [
      [-5, 10],
      [0, 15],
    ],
    fidelity: share,
    resumable: false,
    measureAt: (x, fidelity) => braninWith(shape(fidelity), x[0]!, x[1]!),
    truthAt: (x) => braninAt(x[0]!, x[1]!),
    secondsAt: (_, fidelity) => shareSeconds(fidelity, 1.5),
    optimum: { value: 5 / (4 * Math.PI), tolerance: 1e-14 },
    minimisers: braninMinimisers,
    minimisersComplete: true,
    source,
  });
}
