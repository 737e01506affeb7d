/** The subject of the statistical properties: the points that a sampler gives for a seed, without any results. */
import type { Card } from "../../contract/card.ts";
import { ProtocolError } from "../../contract/errors.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Config, Space } from "../../space/param.ts";
import { startStudy } from "../../study/study.ts";

/** The first `count` points for `seed`, in order, all from one ask. */
export type Draw = (space: Space, seed: number, count: number) => readonly Config[];

/**
 * Makes the draw of the strategy of a card.
 *
 * @param options of the strategy; the defaults of the card if they are left out.
 * @throws ProtocolError when it draws, if the strategy gives fewer points than the ask wants.
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
