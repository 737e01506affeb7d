import { taskNames } from "@caviar-hpo/bench";
import { curveIds, tableIds } from "@caviar-hpo/bench/tables";
import { multiFidelityFunctionIds } from "@caviar-hpo/objectives";
import { pointFunctionIds } from "@caviar-hpo/objectives/points";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, type Subcommand } from "./command.ts";

/** Lists the ids of the problems. */
export const problemsCommand: Subcommand = {
  help: `Usage: caviar problems [--json]

Lists the ids of all problems that a plan can name, in four groups.

1. Functions with a certified optimum: on boxes, on spaces with choices and conditions, and with measured constraints. {D} stands for a
   dimension, as in ackley-d5, and {m} for 5, 7 or 10. {f} stands for one of the 24 functions of BBOB and {i} for its instance, as in
   bbob-f15-d5-i3. In a plan, bbob-f15-d5-i{seed} takes another instance for each seed.
2. Tables of real trainings, which "caviar tables fetch" fetches. An id that ends with -seeds has the noise of the trainings.
3. Functions of several fidelities, for plans whose budget counts resource. {c} and {r} stand for the numbers of switches and reals.
   {function} stands for an id of a function on a box, as in curves-crossing-hartmann6. Those of lcdb are real learning curves, which
   "caviar tables fetch" fetches too. With -split at the end of the id, they are those of one split of the data.
4. Networks to train, for the same plans. An id names the data and the search space, as in digits-course. The digits need the package mnist.

  --json    print a list of the ids

Example:

  caviar problems`,
  run: async (args, { stdout }) => {
    const { flags } = readArguments("problems", args, { json: "flag" });
    const ids = [...pointFunctionIds(), ...tableIds, ...multiFidelityFunctionIds(), ...curveIds, ...taskNames];
    stdout.write(flags.json === true ? jsonText(ids) : `${ids.join("\n")}\n`);
    return exitCodes.done;
  },
};
