/** Reports in any order, with repeated, late and stray ones among them: they change nothing, and a study does what its model does. */
import fc from "fast-check";
import type { Event } from "../../study/events.ts";
import { createModel } from "../model.ts";
import { play } from "../play.ts";
import { bounded, boundsOnStarts, scripts } from "../script.ts";
import { demandSame } from "../violate.ts";
import type { LawMaker } from "./subject.ts";

export const unmovedByNoise: LawMaker = ({ law, cast, scripted }) =>
  law("is not moved by repeated, late and stray reports", 40, scripted, ([one, key, script]) => {
    const noisy = play(cast(one, key), script);
    const quiet = play(
      cast(one, key),
      script.filter((step) => !noise.includes(step.do)),
    );
    demandSame("event", quiet.events, timely(noisy.events));
    demandSame("state", [quiet.study.state], [noisy.study.state]);
  });

export const keepsToModel: LawMaker = ({ law, cast, problem, seed }) => {
  const drawn = fc.tuple(problem, seed, scripts(100), boundsOnStarts());
  return law("keeps to the model of a study in an event soup", 60, drawn, ([one, key, script, bounds]) => {
    play(cast(one, key), bounded(script, bounds), createModel());
  });
};

const noise: readonly string[] = ["repeat", "contradict", "unknown", "stray"];

/** The events without those about jobs that had ended. */
function timely(events: readonly Event[]): readonly Event[] {
  const ended = new Set<number>();
  return events.filter((event) => {
    const late = (event.kind === "told" || event.kind === "failed") && ended.has(event.job);
    if ((event.kind === "told" && event.last) || event.kind === "failed") ended.add(event.job);
    for (const directive of "directives" in event ? event.directives : []) if (directive.kind !== "discard") ended.add(directive.job);
    return !late;
  });
}
