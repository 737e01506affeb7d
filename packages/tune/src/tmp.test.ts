import { cardLaws } from "@caviar-hpo/core/testing";
import { test } from "vitest";
import { strategies } from "./strategies.ts";
import { appendFileSync, writeFileSync } from "node:fs";
writeFileSync("/tmp/observe-cpu.txt", "");
for (const name of ["random", "tpe", "hyperband", "asha", "bohb", "bayesopt", "populationBased"]) {
  test(name, () => {
    const card = strategies.find((one) => one.name === name)!;
    const runs = name === "bayesopt" ? 0.05 : 0.25;
    for (const law of cardLaws(card, { runs })) {
      const from = process.cpuUsage();
      let said = "";
      try { law.run(); } catch (e) { said = (e as Error).message.slice(0, 300); }
      const { user } = process.cpuUsage(from);
      appendFileSync("/tmp/observe-cpu.txt", `${name} ${(user / 1000 / runs).toFixed(0)} ms at runs 1: ${law.name} ${said}\n`);
    }
  });
}
