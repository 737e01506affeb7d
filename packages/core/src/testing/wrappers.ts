/**
 * Strategies around a strategy, each of which holds it to one promise while a script is played: it forgets everything but its JSON state,
 * or it is handed frozen copies, or it is asked for nothing, or after its end. Their state is a box around the inner one.
 */
import type { Json } from "../contract/json.ts";
import type { Pending } from "../contract/pending.ts";
import type { Answer, Context, Strategy } from "../contract/strategy.ts";
import type { History } from "../contract/trial.ts";
import { parseWire, stringifyWire } from "../wire/json.ts";
import { violate } from "./violate.ts";

type Box = { inner: Json };

/**
 * At each call where `forget` (a cycle) says so, a new strategy continues from the text of the old one's state, without its caches. The
 * text is the wire's, so that NaN and -0 in a state survive and anything that is no plain data is refused.
 */
export function forgetful(create: () => Strategy, forget: readonly boolean[]): Strategy {
  let strategy = create();
  let calls = 0;
  const remember = (box: Box, context: Context): Context => {
    calls++;
    if (!forget[calls % forget.length]) return context;
    strategy = create();
    box.inner = parseWire(stringifyWire(box.inner));
    return { ...context, history: apart(context.history) };
  };
  return boxed(strategy, {
    ask: (box, context, want, nextTrial) => {
      const remembered = remember(box, context);
      return strategy.ask(box.inner, remembered, want, nextTrial);
    },
    tell: (box, context, report) => {
      const remembered = remember(box, context);
      return strategy.tell(box.inner, remembered, report);
    },
  });
}

/** Everything goes in as a deep-frozen copy, and every answer is frozen on its way out, so that a write to either throws. */
export function frozen(strategy: Strategy): Strategy {
  const freeze = ({ pending, ...context }: Context): Context =>
    Object.freeze({ ...frozenCopy({ ...context, history: apart(context.history) }), pending: frozenView(pending) });
  return boxed(strategy, {
    init: (problem, key) => ({ inner: strategy.init(frozenCopy(problem), frozenCopy(key)) }),
    ask: (box, context, want, nextTrial) => deepFreeze(strategy.ask(box.inner, freeze(context), want, nextTrial)),
    tell: (box, context, report) => deepFreeze(strategy.tell(box.inner, freeze(context), frozenCopy(report))),
  });
}

/** Before each ask it is asked for nothing, which must change nothing. */
export function modest(strategy: Strategy): Strategy {
  return boxed(strategy, {
    ask: (box, context, want, nextTrial) => {
      const before = stringifyWire(box.inner);
      const none = strategy.ask(box.inner, context, 0, nextTrial);
      if (none.proposals.length > 0 || none.directives.length > 0) violate("nothing, when nothing was wanted", JSON.stringify(none));
      const after = stringifyWire(box.inner);
      if (before !== after) violate(`the state ${before} after an ask for nothing`, after);
      const answer = strategy.ask(box.inner, context, want, nextTrial);
      if (answer.proposals.length > want) violate(`at most ${want} proposals`, `${answer.proposals.length}`);
      return answer;
    },
  });
}

/** Once it is done it is asked again, at once and after every report. */
export function insistent(strategy: Strategy): Strategy {
  let done = false;
  const insist = (state: Json, context: Context): void => {
    if (!done) return;
    const copy = parseWire(stringifyWire(state));
    const answer = strategy.ask(copy, context, 3, context.history.trials.length as Parameters<Strategy["ask"]>[3]);
    if (answer.then !== "done" || answer.proposals.length > 0) violate("done, and nothing else, for ever", JSON.stringify(answer));
  };
  return boxed(strategy, {
    ask: (box, context, want, nextTrial) => {
      const answer = strategy.ask(box.inner, context, want, nextTrial);
      done = answer.then === "done";
      return answer;
    },
    tell: (box, context, report) => {
      const directives = strategy.tell(box.inner, context, report);
      insist(box.inner, context);
      return directives;
    },
  });
}

type Calls = {
  readonly init?: (...args: Parameters<Strategy["init"]>) => Box;
  readonly ask?: (box: Box, ...rest: Rest<"ask">) => Answer;
  readonly tell?: (box: Box, ...rest: Rest<"tell">) => ReturnType<Strategy["tell"]>;
};
type Rest<M extends "ask" | "tell"> = Parameters<Strategy[M]> extends [unknown, ...infer R] ? R : never;

function boxed(strategy: Strategy, calls: Calls): Strategy<Box> {
  return {
    name: strategy.name,
    version: strategy.version,
    can: strategy.can,
    init: calls.init ?? ((problem, key) => ({ inner: strategy.init(problem, key) })),
    ask: calls.ask ?? ((box, ...rest) => strategy.ask(box.inner, ...rest)),
    tell: calls.tell ?? ((box, ...rest) => strategy.tell(box.inner, ...rest)),
    ...(strategy.observe && { observe: (box, ...rest) => strategy.observe!(box.inner, ...rest) }),
  };
}

/** Caches hang on the view's study; this view belongs to none. */
function apart({ trials, running, version }: History): History {
  return { trials, running, version };
}

function frozenView(pending: Pending): Pending {
  return Object.freeze({
    get size() {
      return pending.size;
    },
    after: (...rest: Parameters<Pending["after"]>) => frozenView(pending.after(...rest)),
    *[Symbol.iterator]() {
      for (const one of pending) yield frozenCopy(one);
    },
  });
}

function frozenCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  const entries = Object.keys(value).map((key) => [key, frozenCopy((value as { readonly [key: string]: unknown })[key])]);
  return Object.freeze(Object.fromEntries(entries)) as T;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
