import { taskNames } from "@caviar-hpo/bench";
import { multiFidelityFunctionIds, testFunctionIds } from "@caviar-hpo/objectives";
import { type Command, readArguments } from "./command.ts";

/** Lists the ids of the problems. */
export const problemsCommand: Command = {
  name: "problems",
  summary: "List the problems that plans can name.",
  help: `Usage: caviar problems

Lists the ids of every problem that a plan can name. The first ones have a certified optimum. In an id {D} stands for a dimension, as in ackley-d5; {m} for 5, 7 or 10; {f} for
one of BBOB's 24 functions and {i} for its instance, as in bbob-f15-d5-i3. In a plan, bbob-f15-d5-i{seed} takes another instance at
every seed. Behind those come the problems of several fidelities, for plans whose budget counts resource: {c} and {r} stand for numbers of
switches and reals, {function} for an id from the first list, as in curves-crossing-hartmann6. Last come networks to train, for the same
plans: data and a search space, as in digits-course; digits need the package mnist.`,
  run: async (args, { stdout }) => {
    readArguments("problems", args, {});
    stdout.write(`${[...testFunctionIds(), ...multiFidelityFunctionIds(), ...taskNames].join("\n")}\n`);
  },
};
