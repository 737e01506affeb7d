/** Activations and their derivatives; see Operations. NaN passes through all of them, so that a diverging network is seen to diverge. */

import type { ActivationName, Numbers, Operations } from "./operations.ts";
import type { Rounding } from "./rounding.ts";

export type Activations = Pick<Operations, "activate" | "activateBackward">;

export function activations({ round, tanh, logistic, gelu, geluSlope }: Rounding): Activations {
  const slope = round(0.01);
  return { activate, activateBackward };

  function activate(name: ActivationName, y: Numbers, x: Numbers, length: number): void {
    switch (name) {
      case "relu":
        for (let i = 0; i < length; i++) y[i] = x[i]! < 0 ? 0 : x[i]!;
        return;
      case "leakyRelu":
        for (let i = 0; i < length; i++) y[i] = x[i]! < 0 ? round(slope * x[i]!) : x[i]!;
        return;
      case "tanh":
        for (let i = 0; i < length; i++) y[i] = round(tanh(x[i]!));
        return;
      case "sigmoid":
        for (let i = 0; i < length; i++) y[i] = round(logistic(x[i]!));
        return;
      case "gelu":
        for (let i = 0; i < length; i++) y[i] = round(gelu(x[i]!));
    }
  }

  function activateBackward(name: ActivationName, dx: Numbers, dy: Numbers, x: Numbers, length: number): void {
    switch (name) {
      case "relu":
        for (let i = 0; i < length; i++) dx[i] = x[i]! <= 0 ? 0 : dy[i]!;
        return;
      case "leakyRelu":
        for (let i = 0; i < length; i++) dx[i] = x[i]! <= 0 ? round(slope * dy[i]!) : dy[i]!;
        return;
      case "tanh":
        for (let i = 0; i < length; i++) {
          const t = round(tanh(x[i]!));
          dx[i] = round(dy[i]! * round(1 - round(t * t)));
        }
        return;
      case "sigmoid":
        for (let i = 0; i < length; i++) {
          const s = round(logistic(x[i]!));
          dx[i] = round(dy[i]! * round(s * round(1 - s)));
        }
        return;
      case "gelu":
        for (let i = 0; i < length; i++) dx[i] = round(dy[i]! * round(geluSlope(x[i]!)));
    }
  }
}
