/** A study whose strategy is given by name, which brings all strategies along. */
import { createStudy, real } from "@caviar-hpo/tune";

const study = createStudy({ space: { x: real(-1, 1) }, strategy: "tpe" });
export const best: number = (await study.optimize(({ config }) => config.x ** 2, { trials: 20 })).value;
