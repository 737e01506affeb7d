/** A study over the card of Sobol points. */
import { sobolCard } from "@caviar-hpo/samplers";
import { createStudy, real } from "@caviar-hpo/tune/study";

const study = createStudy({ space: { x: real(-1, 1) }, strategy: sobolCard });
export const best: number = (await study.optimize(({ config }) => config.x ** 2, { trials: 20 })).value;
