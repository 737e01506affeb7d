/** A user's program that optimises a command. Its process gets the signals. Arguments: the folder of the study, and that of the command. */
import { openStudy } from "@caviar-hpo/runtime";
import { real } from "@caviar-hpo/tune";

const [folder, at] = process.argv.slice(2);
const study = await openStudy(folder, { space: { x: real(0, 1) } });
const command = [process.execPath, `${at}/program.mjs`, at, "{trial}"];
try {
  const best = await study.optimize({ command }, { trials: 4, workers: 2, progress: true, killAfterSeconds: 1 });
  console.log(`best ${best.trial}`);
} catch (error) {
  console.log(error.code);
}
study.close();
