/**
 * Which client works on which job: the one that asked for it, or the one that has taken it over. A job whose client has left is free, and
 * so is each running job of a stored study after a restart of the server. `take` gives free jobs to a client. Nothing of this is stored.
 */
import type { Job, JobId, Json } from "@caviar-hpo/core";
import { type MethodTurn, seatOf } from "./conversation.ts";
import { decodeTake } from "./params.ts";
import type { Seat } from "./seat.ts";
import type { SeatHolder } from "./studies.ts";

/** Who works on each job. Ids of jobs that have ended may be left in it. */
export type Takers = Map<JobId, SeatHolder>;

/** The method `take`: running jobs on which no client works become jobs of this client. */
export function takeJobs(turn: MethodTurn, params: Json): Json {
  const { takers, served } = seatOf(turn);
  const { want = Infinity, jobs: wanted } = decodeTake(params, "params");
  const isFree = ({ id, observed }: Job): boolean => !observed && !takers.has(id) && (wanted === undefined || wanted.includes(id));
  const jobs = served.study.history.running.filter(isFree).slice(0, want);
  for (const { id } of jobs) takers.set(id, turn.conversation);
  turn.takeBack = () => {
    for (const { id } of jobs) takers.delete(id);
  };
  return { jobs };
}

/** The client works on the jobs of its ask. */
export function noteAsked({ takers, served }: Seat, jobs: readonly Job[], client: SeatHolder): void {
  const running = new Set(served.study.history.running.map(({ id }) => id));
  for (const id of takers.keys()) if (!running.has(id)) takers.delete(id);
  for (const { id } of jobs) takers.set(id, client);
}

/** The jobs of a client that has left are free. */
export function freeJobs(takers: Takers, client: SeatHolder): void {
  for (const [id, taker] of takers) if (taker === client) takers.delete(id);
}
