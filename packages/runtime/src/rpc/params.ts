/** What the methods take: one decoder each. A refusal names the path, for instance `params.values[1]`. */
import {
  type Config,
  type FailureReason,
  type JobId,
  type Json,
  limits,
  type ObservedTrial,
  type Space,
  type Told,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import { defaultStrategy } from "@caviar-hpo/core/contract";
import {
  array,
  below,
  between,
  boolean,
  type Decoder,
  hasKey,
  json,
  map,
  named,
  nullable,
  number,
  object,
  oneOf,
  reject,
  scalar,
  string,
  text,
  typed,
  union,
  whole,
} from "@caviar-hpo/core/read";
import { configDecoder, decodeFailureReason, decodeJobId, decodeProblem, partialConfigDecoder } from "@caviar-hpo/core/wire";
import { type Attributes, noGain, type OutlookLimits } from "@caviar-hpo/tune/stored";
import type { Protocol } from "./conversation.ts";
import type { StrategyChoice } from "./registry.ts";
import type { Definition } from "./served.ts";
import { decodeStudyName } from "./studyName.ts";

/** That the number is finite and the text not too long is judged where the study begins. */
export const decodeSeed: Decoder<string | number> = union("a string or a number", typed("string", string), typed("number", number));

export const decodeOptions: Decoder<StrategyChoice["options"]> = named(nullable(scalar), limits.params);

const values: Decoder<readonly number[]> = array(number, limits.objectives);
const measured = { constraints: array(number, limits.constraints), variance: values, costSeconds: number, fidelity: number } as const;

export const decodeNothing: Decoder<object> = object({}, {});

export type OpenParams = {
  readonly protocol: Protocol;
  /** null for the study of this client alone. */
  readonly name: string | null;
  /** null for a study that exists. */
  readonly wanted: Definition | null;
  readonly extend: boolean;
};

const definition = { problem: decodeProblem, seed: decodeSeed } as const;
const choice = { strategy: object({ name: string }, { options: decodeOptions }) } as const;
const openExisting = object({ protocol: oneOf(2) }, { name: decodeStudyName });
const openNew = object({ protocol: oneOf(1, 2), ...definition }, { name: decodeStudyName, ...choice });
const openOwn = object({ protocol: oneOf(2), ...definition }, { extend: boolean, ...choice });

const definitionKeys = Object.keys({ ...definition, ...choice });
type NewStudy = ReturnType<typeof openNew> & { readonly extend?: boolean };

/**
 * Without a definition, an existing study is opened: the one with the name, or the one in the folder of the server.
 *
 * @param ownStored whether the study without a name is in a folder.
 */
export function decodeOpen(ownStored: boolean): Decoder<OpenParams> {
  return (value, path) => {
    const isNamed = hasKey(value, "name");
    if ((isNamed || ownStored) && !definitionKeys.some((key) => hasKey(value, key))) {
      const { protocol, name = null } = openExisting(value, path);
      return { protocol, name, wanted: null, extend: false };
    }
    const opened: NewStudy = ownStored && !isNamed ? openOwn(value, path) : openNew(value, path);
    const { protocol, name = null, extend = false, problem, strategy = { name: defaultStrategy }, seed } = opened;
    if (protocol === 1 && name !== null) reject(below(path, "protocol"), "2 for a study with a name", protocol);
    return { protocol, name, extend, wanted: { problem, choice: { options: {}, ...strategy }, seed } };
  };
}

export const decodeAsk: Decoder<{ readonly want?: number; readonly starts?: number; readonly trials?: number; readonly finish?: boolean }> =
  object({}, { want: whole(0, limits.want), starts: whole(0, limits.trials), trials: whole(0, limits.trials), finish: boolean });

/** `last` says nothing new: it is compared with what the fidelity tells. */
export type TellParams = Told & { readonly job: JobId; readonly last?: boolean };

export const decodeTell: Decoder<TellParams> = object({ job: decodeJobId, values }, { ...measured, last: boolean });

export type FailParams = {
  readonly job: JobId;
  readonly reason: FailureReason;
  readonly fidelity?: number;
  readonly costSeconds?: number;
  readonly error?: string;
};

export const decodeFail: Decoder<FailParams> = object(
  { job: decodeJobId, reason: decodeFailureReason },
  { fidelity: number, costSeconds: number, error: string },
);

/** The configuration may leave out parameters. */
export function enqueueDecoder(space: Space): Decoder<{ readonly config: Config }> {
  return object({ config: partialConfigDecoder(space) });
}

export type ObserveParams = { readonly config: Config; readonly trial: Told | ObservedTrial };

/** Which members go together is judged by the study. */
export function observeDecoder(space: Space): Decoder<ObserveParams> {
  const trial = {
    ...measured,
    values,
    status: oneOf("finished", "failed", "running"),
    measurements: array(object({ values }, measured), limits.want),
    reason: decodeFailureReason,
    error: string,
    until: number,
  };
  return map(object({ config: configDecoder(space) }, trial), ({ config, ...rest }) => ({ config, trial: rest as Told | ObservedTrial }));
}

export function predictDecoder(space: Space): Decoder<{ readonly configs: readonly Config[] }> {
  return object({ configs: array(configDecoder(space), limits.want) });
}

export const decodeRestore: Decoder<{ readonly snapshot: Json; readonly protocol?: Protocol }> = object(
  { snapshot: json },
  { protocol: oneOf(1, 2) },
);

export const decodeTake: Decoder<{ readonly want?: number; readonly jobs?: readonly JobId[] }> = object(
  {},
  { want: whole(0, limits.want), jobs: array(decodeJobId, limits.want) },
);

/** What may be noted is judged by the study. */
export const decodeAnnotate: Decoder<{ readonly trial: TrialId | null; readonly attributes: Attributes }> = object({
  trial: nullable(map(whole(0, limits.trials), trialId)),
  attributes: json as Decoder<Attributes>,
});

export const decodeAdvice: Decoder<OutlookLimits> = object({}, { noGain, minGainPerSecond: between(0, Infinity) });

export const decodeEnded: Decoder<{ readonly rule: string; readonly reason: string }> = object({
  rule: text(limits.nameLength),
  reason: text(limits.errorLength),
});

/** Which trials: those from a number on, and how many at most. */
export const decodeTrials: Decoder<{ readonly from?: number; readonly most?: number }> = object(
  {},
  { from: whole(0, limits.trials), most: whole(0, limits.trials) },
);
