/** The caviar command on this process. */
import { caviar } from "./caviar.ts";

// A reader of the output may stop reading, as `head` does. That is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const { stdin, stdout, stderr, env } = process;
process.exitCode = await caviar(process.argv.slice(2), { stdin, stdout, stderr, env, signals: process });
