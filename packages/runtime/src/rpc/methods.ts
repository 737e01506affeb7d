/** The methods of `caviar serve`. Each checks everything it was given before it changes anything. */
import { bestTrials, type Job, type JobId, type Json, type OnNotice, ProtocolError, StateError } from "@caviar-hpo/core";
import { describePlanOf, fewTrials, type Heard, settleFidelity } from "@caviar-hpo/core/contract";
import { below, reject } from "@caviar-hpo/core/read";
import { nearest, show } from "@caviar-hpo/core/text";
import { checkAnswerFits } from "./answerSize.ts";
import {
  decodeAsk,
  decodeFail,
  decodeNothing,
  decodeOpen,
  decodeRestore,
  decodeTell,
  enqueueDecoder,
  observeDecoder,
  predictDecoder,
} from "./params.ts";
import type { Registry } from "./registry.ts";
import { type Served, serveStudy } from "./served.ts";
import { restoreSnapshot, takeSnapshot } from "./snapshot.ts";

/** What a conversation has come to. */
export type Conversation = {
  readonly registry: Registry;
  readonly announce: (plan: string) => void;
  readonly onNotice: OnNotice;
  served: Served | null;
  closed: boolean;
};

/**
 * @param room UTF-16 units that are left for the answer.
 * @throws ProtocolError "unknownMethod", StateError "closed", and whatever the method throws.
 */
export function callMethod(conversation: Conversation, method: string, params: Json, room: number): Json {
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (found === undefined) return refuseMethod(method);
  if (conversation.closed) refuseState("closed", "an open session", "a closed session", "Start another process.");
  return found(conversation, params, room);
}

type Method = (conversation: Conversation, params: Json, room: number) => Json;

const methods: { readonly [name: string]: Method } = {
  open: (conversation, params) => {
    const { problem, strategy, seed } = decodeOpen(params, "params");
    checkNoneOpen(conversation);
    const served = serveStudy(conversation.registry, { problem, choice: { options: {}, ...strategy }, seed });
    const plan = describePlanOf(served.card, served.choice.options, problem);
    conversation.served = served;
    if (plan !== null) conversation.announce(plan);
    return about(served);
  },

  strategies: ({ registry }, params) => {
    decodeNothing(params, "params");
    return {
      strategies: registry.map(({ name, doc, needs, adaptive, options }) => ({
        name,
        doc,
        multiFidelity: needs.includes("fidelity"),
        adaptive,
        options: Object.entries(options).map(([option, { formerly: _formerly, ...spec }]) => ({ name: option, ...spec })),
      })),
    };
  },

  ask: (conversation, params, room) => {
    const { study, choice } = current(conversation);
    const asked = decodeAsk(params, "params");
    checkAnswerFits(study.problem.space, asked.want ?? 1, room);
    const { trials = Infinity } = asked;
    const notice = fewTrials(choice.name, study.leastTrials, trials, study.history.trials.length - study.started);
    if (notice !== null) conversation.onNotice(notice);
    const { jobs, directives, then } = study.ask(asked);
    return { jobs, directives, then };
  },

  tell: (conversation, params) => {
    const served = current(conversation);
    const { job, last, ...told } = decodeTell(params, "params");
    const { until } = runningJob(served, job);
    const fidelity = settleFidelity(served.study.problem, told.fidelity ?? until, [until]);
    if (last !== undefined && last !== fidelity >= until)
      reject(
        below("params", "last"),
        `${fidelity >= until} at fidelity ${fidelity} of a job until ${until}`,
        last,
        "Leave it out, or correct the fidelity.",
      );
    return heardToWire(served.study.tell(job, told));
  },

  fail: (conversation, params) => {
    const served = current(conversation);
    const { job, reason, ...details } = decodeFail(params, "params");
    runningJob(served, job);
    return heardToWire(served.study.fail(job, reason, details));
  },

  enqueue: (conversation, params) => {
    const { study } = current(conversation);
    study.enqueue(enqueueDecoder(study.problem.space)(params, "params").config);
    return {};
  },

  observe: (conversation, params) => {
    const { study } = current(conversation);
    const { config, ...told } = observeDecoder(study.problem.space)(params, "params");
    study.observe(config, told);
    return {};
  },

  best: (conversation, params) => {
    const { problem, history } = current(conversation).study;
    decodeNothing(params, "params");
    return {
      front: bestTrials(problem, history).map(({ id, config, curve }) => ({
        trial: id,
        config,
        values: curve.at(-1)!.values,
      })),
    };
  },

  recommend: (conversation, params) => {
    const { study } = current(conversation);
    decodeNothing(params, "params");
    return { config: study.recommend() };
  },

  predict: (conversation, params) => {
    const { study, choice } = current(conversation);
    const { configs } = predictDecoder(study.problem.space)(params, "params");
    const prediction = study.predict(configs);
    if (prediction === null)
      return refuseState("noModel", "a strategy with a model", show(choice.name), "Open a study with a strategy that predicts.");
    return { mean: prediction.mean, sd: prediction.sd };
  },

  snapshot: (conversation, params) => {
    const served = current(conversation);
    decodeNothing(params, "params");
    return { snapshot: takeSnapshot(served) };
  },

  restore: (conversation, params) => {
    const { snapshot } = decodeRestore(params, "params");
    checkNoneOpen(conversation);
    const served = restoreSnapshot(conversation.registry, snapshot);
    conversation.served = served;
    return { ...about(served), running: served.study.history.running };
  },

  close: (conversation, params) => {
    decodeNothing(params, "params");
    conversation.closed = true;
    return {};
  },
};

function about({ strategy }: Served): { readonly [key: string]: Json } {
  return { name: strategy.name, version: strategy.version, can: { ...strategy.can } };
}

function heardToWire({ effect, directives }: Heard): Json {
  return { effect, directives };
}

function current({ served }: Conversation): Served {
  return served ?? refuseState("notOpen", "an open study", "no open study", "Call open or restore first.");
}

function checkNoneOpen({ served }: Conversation): void {
  if (served !== null) refuseState("alreadyOpen", "no open study", "an open study", "Start another process for another study.");
}

/** @throws ProtocolError for a job that was never handed out, or has ended: a second or late report. */
function runningJob({ study, events }: Served, id: JobId): Job {
  const job = study.history.running.find((running) => running.id === id);
  if (job !== undefined) return job;
  const ended = events.some((event) => event.kind === "asked" && (event.jobs.at(-1)?.id ?? -1) >= id);
  throw new ProtocolError({
    code: ended ? "endedJob" : "unknownJob",
    what: "params.job",
    expected: "a running job",
    got: ended ? `job ${id}, which has ended` : `job ${id}, which was never handed out`,
    remedy: ended ? "The first report counts. Drop this one." : "Report the id that ask returned.",
  });
}

function refuseMethod(method: string): never {
  const names = Object.keys(methods);
  throw new ProtocolError({
    code: "unknownMethod",
    what: "method",
    expected: `one of ${names.join(", ")}`,
    got: show(method),
    remedy: `Did you mean ${show(nearest(method, names))}?`,
  });
}

function refuseState(code: string, expected: string, got: string, remedy: string): never {
  throw new StateError({ code, what: "session", expected, got, remedy });
}
