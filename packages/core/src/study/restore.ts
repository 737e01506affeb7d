/**
 * Restoring: a study from its log and from the state that its strategy had at some event of it. The events before are applied to the books
 * without the strategy, as `readHistory` does, so a long study of an expensive strategy continues in a moment. The events after are
 * replayed and verified.
 */
import type { Json } from "../contract/json.ts";
import type { Event } from "./events.ts";
import { createFold, type Fold, follow, type StudyDefinition } from "./fold.ts";
import { enterChecked } from "./readHistory.ts";
import { verified } from "./replay.ts";
import { type Study, studyOf } from "./study.ts";

/** The state of a strategy after the first `events` events of a log. The study takes the state over and changes it. */
export type SavedState = { readonly events: number; readonly state: Json };

/**
 * The study that these events made. Events that come after are passed to `onEvent`.
 *
 * @throws JournalError "corrupt" if one of the first `saved.events` events contradicts an earlier one; "diverged" as `replay` does for a
 * later event.
 */
export function restore(
  definition: StudyDefinition,
  events: readonly Event[],
  saved: SavedState,
  onEvent: (event: Event) => void = () => {},
): Study {
  const first = Math.min(saved.events, events.length);
  return verified((listener) => studyOf(foldOf(createFold(definition, listener), events, first, saved.state)), events, first, onEvent);
}

function foldOf(fold: Fold, events: readonly Event[], first: number, state: Json): Fold {
  const { books } = fold;
  const restored: Fold = { ...fold, state };
  for (let index = 0; index < first; index++) {
    const event = events[index]!;
    enterChecked(books, books.user, event, index);
    follow(restored, event);
    if (event.kind === "asked") restored.then = event.then;
  }
  return restored;
}
