/** Whether a file is a journal of Optuna at all: its first line has an operation. So another file is refused in words that its user knows. */
import { JournalError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";

const remedy =
  "Name the file of a JournalFileBackend. To make one from another storage of Optuna, call optuna.copy_study with " +
  "to_storage=JournalStorage(JournalFileBackend(PATH)).";

/**
 * An empty file may be a journal without a study.
 *
 * @throws JournalError "badJournal"
 */
export function checkFirstLine(text: string): void {
  const end = text.indexOf("\n");
  const first = end < 0 ? text : text.slice(0, end);
  if (text === "" || first.includes('"op_code"')) return;
  throw new JournalError({
    code: "badJournal",
    what: "the journal",
    expected: 'a journal of Optuna, whose lines are such as {"op_code":0,"worker_id":"...","study_name":"..."}',
    got: first.startsWith("SQLite format 3") ? "a database of SQLite" : `a file that begins with ${show(first)}`,
    remedy,
  });
}
