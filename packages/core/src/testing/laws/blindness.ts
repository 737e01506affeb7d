/** What a strategy must not see: the names of parameters, and whether the user minimises or maximises. */

import { believe } from "../../space/belief/believe.ts";
import type { Config, Space } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import type { Event } from "../../study/events.ts";
import { orientationOf } from "../../study/orientation.ts";
import { play } from "../play.ts";
import { negatives } from "../script.ts";
import { demandSame } from "../violate.ts";
import type { LawMaker } from "./subject.ts";

export const blindToNames: LawMaker = ({ law, cast, scripted }) =>
  law("does not see the names of parameters", 30, scripted, ([one, key, script]) => {
    const plain = play(cast(one, key), script);
    const renamed = play(cast({ ...one, space: rename(one.space) }, key), script);
    demandSame("event", nameless(plain.events, one.space), nameless(renamed.events, rename(one.space)));
  });

export const blindToGoals: LawMaker = ({ law, cast, scripted }) =>
  law("does not see whether its problem is to be minimised or maximised", 30, scripted, ([one, key, script]) => {
    const turned = { ...one, objectives: one.objectives.map(({ name, goal }) => ({ name, goal: opposite[goal] })) };
    const [straight, negated] = [play(cast(one, key), script), play(cast(turned, key), negatives(script))];
    demandSame("event", straight.events.map(orientationOf(one).event), negated.events.map(orientationOf(turned).event));
    demandSame("state", [straight.study.state], [negated.study.state]);
  });

const opposite = { minimize: "maximize", maximize: "minimize" } as const;

/** The names become 9999, 9998, ...: an object sorts such keys, and so would not keep their order. */
function rename(space: Space): Space {
  const names = new Map(space.params.map(([name], index) => [name, String(9999 - index)]));
  const byNewName = <T>(record: { readonly [name: string]: T }): { readonly [name: string]: T } =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [names.get(name)!, value]));
  const renamed = createSpace(
    space.params.map(([name, param]) => [
      names.get(name)!,
      param.kind === "given" ? { ...param, parent: names.get(param.parent)! } : param,
    ]),
  );
  if (space.beliefs === undefined) return renamed;
  const { params, configs } = space.beliefs;
  return believe(renamed, { ...(params && { params: byNewName(params) }), ...(configs && { configs: configs.map(byNewName) }) });
}

/** Events without names and remarks: a configuration becomes its values in the order of the space. */
function nameless(events: readonly Event[], space: Space): readonly unknown[] {
  const values = (config: Config): readonly unknown[] => space.params.map(([name]) => (Object.hasOwn(config, name) ? config[name] : null));
  return events.map((event) => {
    if (event.kind === "asked") return { ...event, jobs: event.jobs.map((job) => ({ ...job, config: values(job.config), note: null })) };
    return "config" in event ? { ...event, config: values(event.config) } : event;
  });
}
