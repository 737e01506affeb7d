/** Every strategy that trains each trial once, in conversations with the real process. Built first: `npm run build`. */
import { strategies } from "@caviar-hpo/tune";
import { describe } from "vitest";
import { testEveryConversation } from "../testing/everyConversation.ts";

describe.each(strategies.flatMap(({ name, needs }) => (needs.includes("fidelity") ? [] : [name])))(
  "a study with %s",
  testEveryConversation,
);
