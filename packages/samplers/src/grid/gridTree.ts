/**
 * The grid of a mixed, conditional space as a numbered set. Parameters form a forest: a conditional parameter is a child of the parameter
 * that it depends on, and exists only under some of its parent's values. Counting, unranking and ranking walk that forest in mixed radix,
 * so that a grid of any size costs no memory.
 */
import { type Config, createSpace, decode, type Given, type ParamValue, type Plain, plainOf, type Space } from "@caviar-hpo/core";

type Node = {
  readonly name: string;
  /** The parameter's values on the grid, ascending in its own order. */
  readonly levels: readonly ParamValue[];
  readonly children: readonly { readonly node: Node; readonly values: readonly unknown[] }[];
  /** For each level: how many configurations this parameter and all parameters below it have. */
  readonly counts: readonly number[];
  readonly count: number;
};

export type GridTree = {
  /** How many grid points there are; Infinity beyond `mostPoints`. */
  readonly size: number;
  /** The grid point with this rank, 0 <= rank < size. */
  at(rank: number): Config;
  /** The rank of a configuration; null if it is not on the grid. */
  rank(config: Config): number | null;
  /** Whether these parameters have the first of their values, where they are active. */
  isFirst(config: Config, names: readonly string[]): boolean;
};

/** 2^52, so that the shuffle's numbers, up to a hundred million above, are exact. */
export const mostPoints = 0x10_0000_0000_0000;

/**
 * @param resolution how many values a real parameter has; an integer or a stepped real has at most that many, evenly spread, with both
 * ends.
 */
export function gridTree(space: Space, resolution: number): GridTree {
  const below = new Map<string, (readonly [name: string, param: Given])[]>(space.params.map(([name]) => [name, []]));
  for (const [name, param] of space.params) if (param.kind === "given") below.get(param.parent)!.push([name, param]);
  const createNode = (name: string, plain: Plain): Node => {
    const levels = levelsOf(plain, resolution);
    const children = below.get(name)!.map(([child, { param, values }]) => ({ node: createNode(child, param), values }));
    const counts = levels.map((level) =>
      children.reduce((count, child) => (child.values.includes(level) ? count * child.node.count : count), 1),
    );
    return { name, levels, children, counts, count: counts.reduce((sum, count) => sum + count, 0) };
  };
  const roots = space.params.flatMap(([name, param]) => (param.kind === "given" ? [] : [createNode(name, param)]));
  const first = new Map(space.params.map(([name, param]) => [name, levelsOf(plainOf(param), resolution)[0]]));
  const product = roots.reduce((size, node) => size * node.count, 1);
  const size = product <= mostPoints ? product : Infinity;
  return {
    size,
    at: (rank) => {
      const values: { [name: string]: ParamValue } = {};
      unrank(roots, rank, values);
      return Object.freeze(
        Object.fromEntries(space.params.filter(([name]) => Object.hasOwn(values, name)).map(([name]) => [name, values[name]!])),
      );
    },
    rank: (config) => rankOf(roots, config),
    isFirst: (config, names) => names.every((name) => !Object.hasOwn(config, name) || config[name] === first.get(name)),
  };
}

/**
 * The largest resolution up to `most` whose grid has at most `points` points; 1 if none has. It doubles the resolution before it
 * bisects, because the time to count a grid grows with the number of its values.
 */
export function resolutionFor(space: Space, points: number, most: number): number {
  const fits = (resolution: number): boolean => gridTree(space, resolution).size <= points;
  let low = 1;
  let high = 2;
  while (high < most && fits(high)) {
    low = high;
    high *= 2;
  }
  if (high >= most) {
    if (fits(most)) return most;
    high = most;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Equidistant values in the parameter's own scale, as the codec decodes them. Equal values are dropped. They may be neighbours (a short
 * range of integers) or not (subnormals, which round up and down).
 */
function levelsOf(plain: Plain, resolution: number): readonly ParamValue[] {
  if (plain.kind === "choice") return plain.options;
  const space = createSpace([["x", plain]]);
  const levels = Array.from(
    { length: resolution },
    (_, level) => decode(space, Float64Array.of(resolution === 1 ? 0.5 : level / (resolution - 1))).x!,
  );
  return [...new Set(levels)];
}

function unrank(nodes: readonly Node[], rank: number, values: { [name: string]: ParamValue }): void {
  let rest = rank;
  for (const node of nodes) {
    let within = rest % node.count;
    rest = Math.floor(rest / node.count);
    let level = 0;
    while (within >= node.counts[level]!) {
      within -= node.counts[level]!;
      level++;
    }
    const value = node.levels[level]!;
    values[node.name] = value;
    unrank(activeChildren(node, value), within, values);
  }
}

function rankOf(nodes: readonly Node[], config: Config): number | null {
  let rank = 0;
  let weight = 1;
  for (const node of nodes) {
    const value = config[node.name];
    const level = node.levels.indexOf(value!);
    if (level < 0) return null;
    const within = rankOf(activeChildren(node, value!), config);
    if (within === null) return null;
    rank += weight * (node.counts.slice(0, level).reduce((sum, count) => sum + count, 0) + within);
    weight *= node.count;
  }
  return rank;
}

function activeChildren(node: Node, value: ParamValue): readonly Node[] {
  return node.children.filter((child) => child.values.includes(value)).map((child) => child.node);
}
