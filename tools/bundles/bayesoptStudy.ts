/** A study over the card of the Gaussian-process optimiser. */
import { bayesoptCard } from "@caviar-hpo/bayesopt";
import { createStudy, real } from "@caviar-hpo/tune/study";

const study = createStudy({ space: { x: real(-1, 1) }, strategy: bayesoptCard });
export const best: number = (await study.optimize(({ config }) => config.x ** 2, { trials: 20 })).value;
