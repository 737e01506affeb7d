/**
 * The pictures of docs/study-pages.md: figures of the page of a study with conditional parameters, as `caviar report` draws them. `npm run
 * docs:figures` writes them to docs/figures.
 */
import { studyReport } from "@caviar-hpo/report/study";
import { choice, createStudy, given, real } from "@caviar-hpo/tune";

/** The file names and texts of the pictures. */
export async function studyPageFigures(): Promise<readonly (readonly [name: string, svg: string])[]> {
  const study = createStudy({
    strategy: "tpe",
    seed: 7,
    space: {
      learningRate: real(1e-4, 1, { scale: "log" }),
      optimizer: choice(["adam", "sgd"]),
      momentum: given("optimizer", ["sgd"], real(0.5, 0.99, { scale: "oneMinusLog" })),
      dropout: real(0, 0.5),
    },
  });
  await study.optimize(
    ({ config: { learningRate, momentum, dropout } }) => {
      const rate = 0.05 * Math.abs(Math.log10(learningRate) + 2);
      return 0.1 + rate + (momentum === undefined ? 0.04 : 0.2 * Math.abs(momentum - 0.9)) + 0.2 * Math.abs(dropout - 0.2);
    },
    { trials: 80 },
  );
  const { problem, history } = study.core;
  const { files } = studyReport({ name: "conditional", problem, trials: history.trials });
  return [["study-page.svg", files.find(({ name }) => name === "fig/parallel.svg")!.text]];
}
