/** One run: a cell's strategy in its arena, on simulated workers, until the budget is spent. */
import { type Incumbent, type Study, simulate, startStudy } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { type Arena, type EvaluationLine, finiteOrNull, type TrainingLine } from "../arena/arena.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { createTranscript, type RecordLine, type Transcript, toldIn } from "./transcript.ts";

export type RunInputs = {
  readonly cell: CampaignCell;
  readonly arena: Arena;
  /** Lines of an earlier, interrupted run. */
  readonly recorded: readonly RecordLine[];
  /** Called for each new line. */
  readonly onLine: (line: RecordLine) => void;
};

/** The run's lines, recorded ones first. @throws JournalError where the run asks for something else than was recorded. */
export function run({ cell, arena, recorded, onLine }: RunInputs): readonly RecordLine[] {
  const { strategy, studySeed, budget } = cell;
  const { problem, initial, seconds, score, noisy } = arena;
  const study = startStudy({
    problem,
    strategy: createStrategy(strategy.card ?? strategy.name, strategy.options, problem),
    seed: studySeed,
  });
  for (const config of initial) study.enqueue(config);
  const transcript = createTranscript(recorded, onLine);
  const course = arena.begin();
  const recommended = (): object => {
    const config = study.recommend();
    return { recommended: config === null ? null : finiteOrNull(score(config)) };
  };
  const { incumbents } = simulate(
    study,
    {
      seconds,
      evaluate: (job, fidelity, _key, resource) => {
        // The strategy has been told of the evaluation before this one, so its recommendation is known now.
        transcript.complete(recommended);
        const request = course.request(job, fidelity, resource);
        const line = transcript[noisy ? "open" : "add"](request, () => course.answer(job, fidelity)) as EvaluationLine | TrainingLine;
        const values = [toldIn(line) ?? NaN];
        return "constraints" in line ? { values, constraints: line.constraints! } : { values };
      },
    },
    {
      resource: budget.units * (problem.fidelity?.max ?? 1),
      // Where evaluations are counted, strategies can plan by their number.
      ...(problem.fidelity === null && { trials: budget.units }),
      workers: budget.workers,
      stragglerSigma: budget.stragglerSigma,
    },
  );
  transcript.complete(recommended);
  if (problem.fidelity !== null) addRecommendations(transcript, { study, incumbents, score });
  return transcript.lines;
}

type EndedRun = { readonly study: Study; readonly incumbents: readonly Incumbent[]; readonly score: Arena["score"] };

/** Scores each trial once, however often it took the lead. */
function addRecommendations(transcript: Transcript, { study, incumbents, score }: EndedRun): void {
  const worths = new Map<number, number | null>();
  for (const { trial, fidelity, resource } of incumbents) {
    const { value } = transcript.add({ from: resource, trial, fidelity }, () => {
      const known = worths.get(trial);
      return { value: known === undefined ? finiteOrNull(score(study.history.trials[trial]!.config)) : known };
    });
    worths.set(trial, value);
  }
}
