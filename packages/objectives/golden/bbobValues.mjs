// Prints, for `bbob.py --check`, our values of BBOB functions: a JSON array of values a line, in the order functions, dimensions,
// instances. The argument is {functions, dimensions, instances, points}; needs the built package.
import { bbob } from "../dist/bbob/bbob.js";

const { functions, dimensions, instances, points } = JSON.parse(process.argv[2]);
const pattern = [-1.8, 4.5, 0.9, -2.7, 3.6];

function point(dimension, index) {
  if (index === 0) return new Float64Array(dimension);
  if (index === 1) return Float64Array.from({ length: dimension }, (_, k) => pattern[k % 5]);
  const half = index === 4 || index === 5 || (index > 5 && index % 2 === 0) ? 7.5 : 5;
  return Float64Array.from(
    { length: dimension },
    (_, k) => (half * (2 * ((k * k * 31 + k * index * 57 + index * 271 + 17) % 1009) - 1008)) / 1008,
  );
}

for (const f of functions) {
  for (const d of dimensions) {
    for (const i of instances) {
      const { evaluate } = bbob(f, d, i);
      const values = Array.from({ length: points }, (_, index) => evaluate(point(d, index)));
      process.stdout.write(`${JSON.stringify(values)}\n`);
    }
  }
}
