/**
 * Random configurations of the course's space, watched after 3, 9 and 27 epochs: what the importance of its hyperparameters is computed
 * from.
 */
import { decode, derive, root, stream } from "@caviar-hpo/core";
import { courseTask } from "@caviar-hpo/testbed";
import { loadDigits, split, teacherClasses } from "@caviar-hpo/testbed/data";
import { product, range } from "./setting.mjs";

const looks = [3, 9, 27];
const configurations = 300;

const tasks = {
  digits: async () => courseTask(split(await loadDigits({ size: 14 }), { train: 1000, validation: 2000 }, null)),
  teacher: async () =>
    courseTask(
      split(
        teacherClasses({ n: 3000, d: 20, hidden: 10, classes: 5, flipRate: 0.1 }, root("teacher")),
        { train: 1000, validation: 2000 },
        null,
      ),
    ),
};
const loaded = new Map();

export const jobs = product(Object.keys(tasks), range(1, configurations)).map(([data, index]) => ({ data, index }));

/** The validation error at each look; null once training has diverged. */
export async function run({ data, index }) {
  if (!loaded.has(data)) loaded.set(data, await tasks[data]());
  const task = loaded.get(data);
  const source = stream(derive(root("course space"), data, index));
  const config = decode(
    task.problem.space,
    Float64Array.from(task.problem.space.params, () => source.uniform()),
  );
  const training = task.train(config, root("course space"));
  return { config, errors: looks.map((epochs) => (training.advance(epochs) ? training.validate() : null)) };
}
