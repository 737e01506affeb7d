/** caviar optimize: tunes a command or a module, and keeps the study in a folder. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Config, type Notice, StateError } from "@caviar-hpo/core";
import { counted, show } from "@caviar-hpo/core/text";
import { type DurableOptimizeOptions, type DurableStudy, openStudy, type WorkerObjective } from "@caviar-hpo/runtime";
import { readSettings } from "@caviar-hpo/runtime/log";
import { attended, printable } from "@caviar-hpo/runtime/terminal";
import { type Advice, type Ending, planOf, type StrategyOptions } from "@caviar-hpo/tune";
import { bestTable } from "../bestTable.ts";
import { exitCodes } from "../exitCodes.ts";
import { checkNewStudy } from "../optimize/checkNewStudy.ts";
import { objectiveFlags, readObjective } from "../optimize/objective.ts";
import { runAttribute, runFlags, runOptions, withEarlier } from "../optimize/runOptions.ts";
import { studyFlags, studyOptions } from "../optimize/studyOptions.ts";
import { folderKind } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { noticeLine } from "../terminal/noticeLine.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

const help = `Usage: caviar optimize FOLDER [OPTIONS] -- PROGRAM ARGUMENTS
       caviar optimize FOLDER [OPTIONS] --objective MODULE

Tunes a program in any language, or a module of JavaScript. FOLDER keeps the study: give the command again to continue it after Ctrl-C, a
crash or kill -9. To continue, the folder and the program are enough. {name} in an argument stands for the value of a parameter, and
{trial}, {until}, {from}, {config} and {checkpoint} for facts about the trial. The program prints its result as a line of JSON:
{"value": 0.93}.

What is searched (needed for a new study only):
  --space FILE              the search space, a JSON file
  --extend                  the study in FOLDER gets the space, which holds its own: a choice was added, or a range is wider
  --goal GOAL               minimize (default) or maximize
  --objectives A:GOAL,B     several objectives instead of one goal
  --constraints A,B         names of values that must be at most 0
  --fidelity UNIT:MIN:MAX   how far a trial can be trained, for instance epochs:1:27
  --resumable               paused trials continue from the checkpoints that the objective saves ({checkpoint} implies it)
  --strategy NAME           one of caviar strategies (default: auto)
  --strategy-options JSON   options of the strategy, for instance '{"eta": 4}'
  --seed SEED               a number or a text (default: 0)
  --warm-start OLD          the study begins with the trials of the study in the folder OLD, and with its problem where no option changes it

When it ends (the first limit that is reached; noted in the study for the next time):
  --trials N                how many trials the study starts in all
  --max-seconds S           start no trial after so many seconds
  --patience N[:GAIN]       end when N trials in a row have gained nothing, or not more than GAIN
  --no-gain P[:GAIN]        end when further trials gain more than GAIN with a probability of at most P (strategies auto and bayesopt)
  --min-gain-per-second G   end when no trial is expected to gain more than G per second (strategies auto and bayesopt)
  --max-failures N          end after so many failures before the first success, or unlimited (default: 10)

How it runs:
  --objective MODULE        the path of a module whose default export is the objective, instead of a program
  --workers N               number of trials at the same time (default: 1)
  --timeout S               a trial fails after so many seconds
  --retries N               how often a trial runs again whose worker was lost (default: 2)
  --kill-after S            how many seconds a stopped program gets before it is killed (default: 5)
  --slots NAME=COUNT,...    what workers share out: gpu=4 sets CUDA_VISIBLE_DEVICES
  --reports FD              the file descriptor of the results (default: 1, standard output)
  --executor KIND           where a module runs: thread (default) or process
  --wait S                  wait so long while another process has the study open
  --take-over               take the study over from a process on another machine that has ended
  --json                    print the result as JSON

Ctrl-C finishes the running trials, and a second Ctrl-C stops them at once. The next start runs the stopped trials again.

Example:

  caviar optimize runs/digits --space space.json --goal maximize --strategy bohb --fidelity epochs:1:27 --trials 60 --workers 4 \\
    -- python train.py --lr {learningRate} --units {units} --epochs {until}`;

const options = { ...studyFlags, ...runFlags, ...objectiveFlags, json: "flag" } as const;

export const optimizeCommand: Subcommand = {
  help,
  run: async (args, terminal) => {
    const end = args.indexOf("--");
    const [own, command] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
    const { flags, words } = readArguments("optimize", own, options, 1);
    const folder = words[0] ?? refuse("optimize", "the folder of the study", "no folder", "Write caviar optimize FOLDER.");
    if (folderKind(folder) === "campaign") refuse("optimize", "the folder of a study", "the folder of a campaign", "Name another folder.");
    if (existsSync(folder) && !statSync(folder).isDirectory()) {
      refuse("optimize", "the folder of a study", `${show(folder)}, which is a file`, "Name another folder.");
    }
    const stored = existsSync(join(folder, "head.json")) ? readSettings(folder) : null;
    const run = withEarlier(flags, stored?.annotations[runAttribute]);
    const limits = runOptions(run);
    const opening = studyOptions(
      flags,
      stored,
      command.some((word) => word.includes("{checkpoint}")),
    );
    const parameters = opening.space.params.map(([name]) => name);
    const objective = readObjective(flags, command, parameters);
    if (stored === null) await checkNewStudy(opening, objective, limits);
    const onNotice = (notice: Notice): void => {
      terminal.stderr.write(noticeLine(notice));
    };
    const study = (await openStudy(folder, { ...opening, onNotice })) as DurableStudy<Config>;
    try {
      if (stored === null) announce(study, opening.strategy as Chosen, terminal);
      const noteRun = (): void => {
        if (!isDeepStrictEqual(run, study.annotations()[runAttribute])) study.annotate(null, { [runAttribute]: run });
      };
      return await tune(study, objective, { ...limits, onNotice, onProgress: noteRun, onEnd: noteRun }, flags.json === true, terminal);
    } finally {
      study.close();
    }
  },
};

type Chosen = { readonly name: string; readonly options: StrategyOptions };

/** Shows what the strategy is going to do, for instance the bracket table of Hyperband. */
function announce({ core: { problem } }: DurableStudy<Config>, { name, options }: Chosen, { stderr }: Terminal): void {
  const plan = planOf(name, options, problem);
  if (plan !== null) for (const line of plan.split("\n")) stderr.write(`${printable(line)}\n`);
}

/** Resolves to the exit code. */
async function tune(
  study: DurableStudy<Config>,
  objective: WorkerObjective<Config>,
  limits: DurableOptimizeOptions,
  json: boolean,
  { stdout, stderr, signals }: Terminal,
): Promise<number> {
  let ended: Ending | null = null;
  const onEnd = (ending: Ending): void => {
    ended = ending;
    limits.onEnd?.(ending);
  };
  const attendance = { stderr, signals, progress: true, interrupts: true };
  try {
    await attended(study, { ...limits, onEnd }, attendance, (options) => study.optimize(objective, { ...options, progress: false }));
  } catch (error) {
    // After Ctrl-C there may be no result yet. That is no failure.
    if (!(wasInterrupted(ended) && error instanceof StateError && error.code === "nothingSucceeded")) throw error;
  }
  const { rule, reason, advice = [] } = ended!;
  const [trials, best] = [study.trials(), study.best()];
  const own = trials.filter(({ observed }) => observed !== true);
  const failed = own.filter(({ status }) => status === "failed").length;
  const imported = trials.length - own.length;
  if (json)
    stdout.write(
      jsonText({
        folder: study.folder,
        ended: { rule, reason, ...(ended!.advice && { advice }) },
        trials: own.length,
        failed,
        imported,
        best,
      }),
    );
  else {
    if (best.length > 0) stdout.write(`${bestTable(study.core.problem, best)}\n`);
    const elsewhere = imported === 0 ? "" : `, ${imported} from elsewhere`;
    stdout.write(`${counted(own.length, "trial")}, ${failed} failed${elsewhere}. ${printable(reason)}\n`);
    for (const one of advice) if (one.rule !== rule) stdout.write(`${adviceLine(one)}\n`);
  }
  return wasInterrupted(ended) ? exitCodes.interrupted : exitCodes.done;
}

function adviceLine({ rule, reason, trials }: Advice): string {
  if (trials === null) return `The rule ${rule} would not have stopped the study yet.`;
  return `The rule ${rule} would have stopped the study after ${counted(trials, "trial")}. ${printable(reason)}`;
}

function wasInterrupted(ended: Ending | null): boolean {
  return ended?.rule === "finished";
}
