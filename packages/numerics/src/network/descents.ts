/**
 * Steps of gradient descent; see Operations. Factors such as 1 - beta are computed in double and rounded once. Sources: T. Tieleman and
 * G. Hinton, Neural networks for machine learning, lecture 6.5 (2012), for RMSProp; D. P. Kingma and J. Ba, Adam, ICLR 2015, Algorithm 1.
 */

import type { Operations } from "./operations.ts";
import type { Rounding } from "./rounding.ts";

export type Descents = Pick<Operations, "addScaled" | "descend" | "descendMomentum" | "descendRmsProp" | "descendAdam">;

export function descents({ round }: Rounding): Descents {
  return {
    addScaled(g, w, lambda, length) {
      const factor = round(lambda);
      for (let i = 0; i < length; i++) g[i] = round(g[i]! + round(factor * w[i]!));
    },

    descend(w, g, rate, length) {
      const step = round(rate);
      for (let i = 0; i < length; i++) w[i] = round(w[i]! - round(step * g[i]!));
    },

    descendMomentum(w, g, v, rate, beta, weight, length) {
      const step = round(rate);
      const old = round(beta);
      const fresh = round(weight);
      for (let i = 0; i < length; i++) {
        const velocity = round(round(old * v[i]!) + round(fresh * g[i]!));
        v[i] = velocity;
        w[i] = round(w[i]! - round(step * velocity));
      }
    },

    descendRmsProp(w, g, s, rate, beta, epsilon, length) {
      const step = round(rate);
      const old = round(beta);
      const fresh = round(1 - beta);
      const floor = round(epsilon);
      for (let i = 0; i < length; i++) {
        const square = round(round(old * s[i]!) + round(fresh * round(g[i]! * g[i]!)));
        s[i] = square;
        w[i] = round(w[i]! - round(round(step * g[i]!) / round(round(Math.sqrt(square)) + floor)));
      }
    },

    descendAdam(w, g, m, v, rate, beta1, beta2, epsilon, correction1, correction2, length) {
      const step = round(rate);
      const old1 = round(beta1);
      const fresh1 = round(1 - beta1);
      const old2 = round(beta2);
      const fresh2 = round(1 - beta2);
      const floor = round(epsilon);
      const unbias1 = round(correction1);
      const unbias2 = round(correction2);
      for (let i = 0; i < length; i++) {
        const mean = round(round(old1 * m[i]!) + round(fresh1 * g[i]!));
        const square = round(round(old2 * v[i]!) + round(fresh2 * round(g[i]! * g[i]!)));
        m[i] = mean;
        v[i] = square;
        const root = round(Math.sqrt(round(square / unbias2)));
        w[i] = round(w[i]! - round(round(step * round(mean / unbias1)) / round(root + floor)));
      }
    },
  };
}
