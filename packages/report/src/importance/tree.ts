/**
 * A regression tree as what it is: a partition of the cube into boxes, each with a value (L. Breiman et al., *Classification and Regression
 * Trees*, 1984). Each split reduces the sum of squares most; an axis without order is split into two sets of options, found by sorting them
 * by their means (there, section 9.4). Where several axes do equally well, as all do that separate two rows, the stream chooses.
 */
import { permutation, type Stream } from "@caviar-hpo/core";
import { powerOfTwoBelow } from "@caviar-hpo/numerics/statistics";
import type { Sample } from "./sample.ts";

/** What a box holds of one axis: low < x <= high (and 0, where low is 0), or a set of options. */
export type Region = { readonly low: number; readonly high: number } | { readonly members: readonly boolean[] };
export type Leaf = { readonly value: number; readonly regions: readonly Region[] };

export function holds(region: Region, x: number): boolean {
  return "members" in region ? region.members[x]! : x <= region.high && (x > region.low || region.low === 0);
}

/** The share of an axis that a region holds. */
export function widthOf(region: Region): number {
  if (!("members" in region)) return region.high - region.low;
  return region.members.filter((member) => member).length / region.members.length;
}

/** Rows in nodes: `orders` holds them once an axis, sorted along it, and a node is the stretch from `from` to `to` of each. */
type GrowingNode = { readonly from: number; readonly to: number; readonly regions: readonly Region[] };
type TreeSplit = { readonly axis: number; readonly left: Region; readonly right: Region };

/** The tree of the rows, row i counted `counts[i]` times; no leaf has fewer than `leastRows`. Every coordinate is a number. */
export function growTree(sample: Sample, counts: Int32Array, leastRows: number, source: Stream): readonly Leaf[] {
  const { axes, n } = sample;
  const present = Int32Array.from({ length: n }, (_, row) => row).filter((row) => counts[row]! > 0);
  const orders = axes.map((_, axis) => present.slice().sort((a, b) => at(sample, a, axis) - at(sample, b, axis) || a - b));
  const spare = new Int32Array(present.length);
  const leaves: Leaf[] = [];
  const whole = axes.map(
    (axis): Region => (axis.kind === "interval" ? { low: 0, high: 1 } : { members: new Array<boolean>(axis.count).fill(true) }),
  );
  const nodes: GrowingNode[] = [{ from: 0, to: present.length, regions: whole }];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const { from, to, regions } = node;
    const rows = orders[0]!.subarray(from, to);
    const { sum, count } = totalOf(sample, counts, rows);
    const split = isPure(sample, rows) ? null : bestSplit(sample, counts, leastRows, orders, node, permutation(source, axes.length));
    if (split === null) {
      leaves.push({ value: sum / count, regions });
      continue;
    }
    const { axis, left, right } = split;
    const goesLeft = (row: number): boolean => holds(left, at(sample, row, axis));
    const middle = orders.map((order) => partition(order, from, to, goesLeft, spare))[0]!;
    nodes.push({ from: middle, to, regions: replaced(regions, axis, right) });
    nodes.push({ from, to: middle, regions: replaced(regions, axis, left) });
  }
  return leaves;
}

function at({ points, axes }: Sample, row: number, axis: number): number {
  return points[row * axes.length + axis]!;
}

function totalOf({ values }: Sample, counts: Int32Array, rows: Int32Array): { readonly sum: number; readonly count: number } {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    sum += counts[row]! * values[row]!;
    count += counts[row]!;
  }
  return { sum, count };
}

function isPure({ values }: Sample, rows: Int32Array): boolean {
  return rows.every((row) => values[row] === values[rows[0]!]);
}

/** The split that leaves the smallest sum of squares: with sums S and counts W, the largest S_left^2 / W_left + S_right^2 / W_right. */
function bestSplit(
  sample: Sample,
  counts: Int32Array,
  leastRows: number,
  orders: readonly Int32Array[],
  { from, to, regions }: GrowingNode,
  axesInTurn: Int32Array,
): TreeSplit | null {
  const total = totalOf(sample, counts, orders[0]!.subarray(from, to));
  const measure = measureOf(sample, orders[0]!.subarray(from, to), total.sum / total.count);
  let best = 0;
  let found: TreeSplit | null = null;
  for (const axis of axesInTurn) {
    const region = regions[axis]!;
    const rows = orders[axis]!.subarray(from, to);
    const groups =
      "members" in region ? byMean(groupsOf(sample, counts, axis, rows, measure)) : groupsOf(sample, counts, axis, rows, measure);
    let [sum, count] = [0, 0];
    for (let last = 0; last < groups.length - 1; last++) {
      sum += groups[last]!.sum;
      count += groups[last]!.count;
      const rest = total.count - count;
      if (count < leastRows || rest < leastRows) continue;
      // Measured from the mean, both sides have sums of the same size. What differs by rounding alone does equally well.
      const gain = (sum * sum) / count + (sum * sum) / rest;
      if (gain <= best * (1 + 1e-9)) continue;
      best = gain;
      found = { axis, ...halves(region, groups, last) };
    }
  }
  return found;
}

/** How values of a node are measured: from their mean, in a power of two below the largest deviation, so that squares are finite. */
type NodeMeasure = { readonly mean: number; readonly unit: number };

function measureOf({ values }: Sample, rows: Int32Array, mean: number): NodeMeasure {
  return { mean, unit: powerOfTwoBelow(rows.reduce((most, row) => Math.max(most, Math.abs(values[row]! - mean)), 0)) };
}

/** Rows that share a coordinate, in the order of the axis; `sum` is of values as the node measures them. */
type RowGroup = { readonly x: number; readonly sum: number; readonly count: number };

function groupsOf(sample: Sample, counts: Int32Array, axis: number, rows: Int32Array, { mean, unit }: NodeMeasure): readonly RowGroup[] {
  const groups: RowGroup[] = [];
  for (let place = 0; place < rows.length; ) {
    const x = at(sample, rows[place]!, axis);
    let [sum, count] = [0, 0];
    for (; place < rows.length && at(sample, rows[place]!, axis) === x; place++) {
      const row = rows[place]!;
      sum += counts[row]! * ((sample.values[row]! - mean) / unit);
      count += counts[row]!;
    }
    groups.push({ x, sum, count });
  }
  return groups;
}

function byMean(groups: readonly RowGroup[]): readonly RowGroup[] {
  return [...groups].sort((a, b) => a.sum / a.count - b.sum / b.count || a.x - b.x);
}

/**
 * Between two coordinates the cut is in the middle. If they are neighbouring doubles, whose middle rounds to the upper one, it is at the
 * lower one. Options that no row in the node has go with the side that has more rows.
 */
function halves(region: Region, groups: readonly RowGroup[], last: number): { readonly left: Region; readonly right: Region } {
  if (!("members" in region)) {
    const [lower, upper] = [groups[last]!.x, groups[last + 1]!.x];
    const middle = lower + (upper - lower) / 2;
    const cut = middle < upper ? middle : lower;
    return { left: { low: region.low, high: cut }, right: { low: cut, high: region.high } };
  }
  const sides = [groups.slice(0, last + 1), groups.slice(last + 1)].sort((a, b) => rowsIn(a) - rowsIn(b) || firstOf(a) - firstOf(b));
  const fewer = new Set(sides[0]!.map(({ x }) => x));
  return {
    left: { members: region.members.map((member, option) => member && fewer.has(option)) },
    right: { members: region.members.map((member, option) => member && !fewer.has(option)) },
  };
}

function rowsIn(groups: readonly RowGroup[]): number {
  return groups.reduce((count, group) => count + group.count, 0);
}

function firstOf(groups: readonly RowGroup[]): number {
  return groups.reduce((first, { x }) => Math.min(first, x), Infinity);
}

/** Moves the rows that go left before the others, keeping the order of both; returns where the others begin. */
function partition(order: Int32Array, from: number, to: number, goesLeft: (row: number) => boolean, spare: Int32Array): number {
  let [left, right] = [from, 0];
  for (let place = from; place < to; place++) {
    const row = order[place]!;
    if (goesLeft(row)) {
      order[left] = row;
      left++;
    } else {
      spare[right] = row;
      right++;
    }
  }
  order.set(spare.subarray(0, right), left);
  return left;
}

function replaced(regions: readonly Region[], axis: number, region: Region): readonly Region[] {
  return regions.map((old, index) => (index === axis ? region : old));
}
