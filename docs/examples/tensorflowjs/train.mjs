/** Trains a TensorFlow.js model to tell three species of iris apart. Each worker loads this module once, and calls its default export. */
import { loadIris } from "@caviar-hpo/testbed/data";
import "@tensorflow/tfjs-backend-cpu";
import { enableProdMode, oneHot, setBackend, tensor1d, tensor2d, train } from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";

enableProdMode();
await setBackend("cpu");
const { inputs, labels, n, d, classes } = await loadIris();

/** The rows are sorted by species. Every third row is for validation. */
function rows(isWanted) {
  const indices = Array.from({ length: n }, (_, index) => index).filter((index) => isWanted(index % 3 === 0));
  const chosen = indices.map((index) => [...inputs.subarray(index * d, (index + 1) * d)]);
  const species = indices.map((index) => labels[index]);
  return { inputs: tensor2d(chosen), targets: oneHot(tensor1d(species, "int32"), classes) };
}

const training = rows((isThird) => !isThird);
const validation = rows((isThird) => isThird);

function createModel({ learningRate, units }) {
  const initializer = (seed) => initializers.glorotUniform({ seed });
  const model = sequential();
  model.add(layers.dense({ units, activation: "relu", inputShape: [d], kernelInitializer: initializer(1) }));
  model.add(layers.dense({ units: classes, activation: "softmax", kernelInitializer: initializer(2) }));
  model.compile({ optimizer: train.adam(learningRate), loss: "categoricalCrossentropy" });
  return model;
}

/** The loss on the validation rows after 20 epochs. */
export default async function objective({ config }) {
  const model = createModel(config);
  await model.fit(training.inputs, training.targets, { epochs: 20, batchSize: 25, shuffle: false, verbose: 0 });
  const loss = model.evaluate(validation.inputs, validation.targets, { verbose: 0 }).dataSync()[0];
  model.dispose();
  return loss;
}
