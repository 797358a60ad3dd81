// The package as it was built: PACKAGE names its folder, target/js-package unless given.
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));
export const folder = resolve(process.env.PACKAGE ?? `${repository}/target/js-package`);
export const { check, evaluate, judge, test } = await import(pathToFileURL(`${folder}/node.js`).href);
