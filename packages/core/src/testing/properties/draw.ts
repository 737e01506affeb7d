/** What the statistical properties are asked of: the points that a sampler gives under a seed, without any results. */
import type { Card } from "../../contract/card.ts";
import { ProtocolError } from "../../contract/errors.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Config, Space } from "../../space/param.ts";
import { startStudy } from "../../study/study.ts";

/** The first `count` points under `seed`, in order, all from one ask. */
export type Draw = (space: Space, seed: number, count: number) => readonly Config[];

/**
 * The points of the strategy that a card makes.
 *
 * @param options of the card; its defaults where they are absent.
 * @throws ProtocolError, when it draws, where the strategy gives fewer points than it is asked for.
 */
export function drawFrom(card: Card, options?: Parameters<Card["create"]>[0]): Draw {
  return (space, seed, count) => {
    const study = startStudy({ problem: problemOf(card, space), strategy: card.create(options), seed });
    const { jobs } = study.ask({ want: count });
    if (jobs.length === count) return jobs.map((job) => job.config);
    throw new ProtocolError({
      code: "tooFewPoints",
      what: `strategy ${JSON.stringify(card.name)}`,
      expected: `${count} points from one ask`,
      got: String(jobs.length),
      remedy: "Ask for a property of fewer points (`points`), or of a larger space.",
    });
  };
}

/** The same points, drawn once: for several properties of one sampler. */
export function remember(draw: Draw): Draw {
  const known = new Map<Space, Map<string, readonly Config[]>>();
  return (space, seed, count) => {
    const ofSpace = known.get(space) ?? new Map<string, readonly Config[]>();
    known.set(space, ofSpace);
    const place = `${seed} ${count}`;
    const configs = ofSpace.get(place) ?? draw(space, seed, count);
    ofSpace.set(place, configs);
    return configs;
  };
}

function problemOf({ needs }: Card, space: Space): Problem {
  return {
    space,
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: needs.includes("fidelity") ? { unit: "epoch", min: 1, max: 9, whole: true } : null,
    resumable: false,
  };
}
