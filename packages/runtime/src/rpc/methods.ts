/** The methods of `caviar serve`. Each checks everything it was given before it changes anything. */
import { type Json, ProtocolError, type Study } from "@caviar-hpo/core";
import { fewTrials } from "@caviar-hpo/core/contract";
import { below } from "@caviar-hpo/core/read";
import { didYouMean, show } from "@caviar-hpo/core/text";
import { adviceFor } from "./advice.ts";
import { checkAnswerFits } from "./answerSize.ts";
import { type Conversation, leaveNamed, type MethodTurn, refuseNameless, refuseState, seatOf } from "./conversation.ts";
import { openStudy, restoreStudy } from "./opening.ts";
import { decodeAnnotate, decodeAsk, decodeEnded, decodeNothing, enqueueDecoder, observeDecoder, predictDecoder } from "./params.ts";
import { annotationsOf, bestOf, listStrategies, listStudies, listTrials } from "./readers.ts";
import { failJob, tellJob } from "./reports.ts";
import type { Served } from "./served.ts";
import { takeSnapshot } from "./snapshot.ts";
import { decodeStudyName } from "./studyName.ts";
import { noteAsked, takeJobs } from "./takers.ts";

/** `ofStudy`: the method takes `study`, the name of the study that it is about. */
type Method = { readonly ofStudy: boolean; readonly call: (turn: MethodTurn, params: Json) => Json };

/** A request that is about to be carried out. */
export type Call = { readonly method: string; readonly params: Json; readonly room: number };

/**
 * @param room UTF-16 units that are left for the answer.
 * @param onTurn hears of the turn before it begins; its `takeBack` undoes what the method has done.
 * @throws ProtocolError "unknownMethod", StateError "closed", and whatever the method throws.
 */
export function callMethod(conversation: Conversation, { method, params, room }: Call, onTurn: (turn: MethodTurn) => void): Json {
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (found === undefined) return refuseMethod(method);
  if (conversation.closed) refuseState("closed", "an open session", "a closed session", "Connect again, or start another process.");
  const [name, rest] = found.ofStudy ? withoutStudy(params) : [null, params];
  const turn = { conversation, name, room, takeBack: () => {} };
  onTurn(turn);
  return found.call(turn, rest);
}

/** The name of the study in the parameters, and the other parameters. */
function withoutStudy(params: Json): readonly [string | null, Json] {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return [null, params];
  const { study, ...rest } = params as { readonly [key: string]: Json };
  return [study === undefined ? null : decodeStudyName(study, below("params", "study")), rest];
}

/** A method that works on an open study. */
function onStudy(call: (served: Served, params: Json, turn: MethodTurn) => Json): Method {
  return { ofStudy: true, call: (turn, params) => call(seatOf(turn).served, params, turn) };
}

function askFor(turn: MethodTurn, params: Json): Json {
  const seat = seatOf(turn);
  const { study, choice } = seat.served;
  const { conversation, room } = turn;
  const asked = decodeAsk(params, "params");
  checkAnswerFits(study.problem.space, asked.want ?? 1, room);
  const { trials = Infinity, finish = false } = asked;
  const notice = fewTrials(choice.name, study.leastTrials, trials, study.history.trials.length - study.started);
  if (notice !== null) conversation.onNotice(notice);
  if (isAskedAgain(study, trials, finish)) return { jobs: [], directives: [], then: study.done ? "done" : "wait" };
  const { jobs, directives, then } = study.ask(asked);
  noteAsked(seat, jobs, conversation);
  return { jobs, directives, then };
}

const methods: { readonly [name: string]: Method } = {
  open: { ofStudy: false, call: openStudy },

  strategies: { ofStudy: false, call: ({ conversation }, params) => listStrategies(conversation.studies.registry, params) },

  studies: { ofStudy: false, call: ({ conversation }, params) => listStudies(conversation, params) },

  ask: { ofStudy: true, call: askFor },

  take: { ofStudy: true, call: takeJobs },

  tell: onStudy((served, params, { conversation }) => tellJob(served, params, conversation.protocol)),

  fail: onStudy((served, params, { conversation }) => failJob(served, params, conversation.protocol)),

  enqueue: onStudy(({ study }, params) => {
    study.enqueue(enqueueDecoder(study.problem.space)(params, "params").config);
    return {};
  }),

  observe: onStudy(({ study }, params) => {
    const { config, trial } = observeDecoder(study.problem.space)(params, "params");
    const job = study.observe(config, trial);
    return job === null ? {} : { job };
  }),

  annotate: onStudy(({ annotate }, params) => {
    const { trial, attributes } = decodeAnnotate(params, "params");
    annotate(trial, attributes);
    return {};
  }),

  advice: onStudy(({ study }, params) => adviceFor(study, params)),

  ended: onStudy(({ end }, params) => {
    const { rule, reason } = decodeEnded(params, "params");
    end(rule, reason);
    return {};
  }),

  running: onStudy(({ study }, params) => {
    decodeNothing(params, "params");
    return { jobs: study.history.running };
  }),

  best: { ofStudy: true, call: bestOf },

  trials: { ofStudy: true, call: listTrials },

  annotations: { ofStudy: true, call: annotationsOf },

  recommend: onStudy(({ study }, params) => {
    decodeNothing(params, "params");
    return { config: study.recommend() };
  }),

  predict: onStudy(({ study, choice }, params) => {
    const { configs } = predictDecoder(study.problem.space)(params, "params");
    const prediction = study.predict(configs);
    if (prediction === null)
      return refuseState("noModel", "a strategy with a model", show(choice.name), "Open a study with a strategy that predicts.");
    return { mean: prediction.mean, sd: prediction.sd };
  }),

  snapshot: onStudy((served, params) => {
    decodeNothing(params, "params");
    return { snapshot: takeSnapshot(served) };
  }),

  restore: { ofStudy: false, call: restoreStudy },

  close: {
    ofStudy: true,
    call: ({ conversation, name }, params) => {
      decodeNothing(params, "params");
      if (name !== null) leaveNamed(conversation, name);
      else if (conversation.needsName) refuseNameless();
      else conversation.closed = true;
      return {};
    },
  },
};

/** A client that finds the budget spent asks in vain, as an earlier one did. That leaves no second event in the log. */
function isAskedAgain({ idle, finishing, started, history }: Study, trials: number, finish: boolean): boolean {
  return idle && started >= trials && finishing === finish && history.running.length === 0;
}

function refuseMethod(method: string): never {
  const names = Object.keys(methods);
  throw new ProtocolError({
    code: "unknownMethod",
    what: "method",
    expected: `one of ${names.join(", ")}`,
    got: show(method),
    remedy: didYouMean(method, names),
  });
}
