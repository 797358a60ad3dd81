// The examples run as they stand, the README's too, and the types fit what they are used for.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { test as check } from "node:test";
import { fileURLToPath } from "node:url";
import { folder, repository } from "./package.mjs";

const run = (...args) => execFileSync(process.execPath, args, { cwd: `${folder}/examples`, encoding: "utf8" });

check("evaluate.mjs says who may read the bucket", () => {
  assert.match(run("evaluate.mjs"), /^Ana: allowed\nBen: implicitDeny\n {2}\S/);
});

check("test.mjs tests the scenario that the page opens with", () => {
  assert.match(run("test.mjs", `${repository}/crates/scenario/seed/example-corp.json`), /^\d+ passed, 0 failed\n$/);
});

check("the README's example prints what it says", () => {
  const [, code] = /```js\n(.*?)```/s.exec(readFileSync(`${folder}/README.md`, "utf8"));
  writeFileSync(`${folder}/examples/readme.mjs`, code);
  const [decision, message] = run("readme.mjs").split("\n");
  assert.equal(decision, "explicitDeny");
  assert.match(message, /^User: .* with an explicit deny in a service control policy/);
});

check("the types fit", () => {
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--module", "nodenext"];
  try {
    run(tsc, ...options, "typed.mts");
  } catch (error) {
    assert.fail(error.stdout);
  }
});

check("the package names only files that it has", () => {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
  const named = [manifest.types, ...Object.values(manifest.exports["."]), ...manifest.sideEffects];
  named.forEach((file) => assert.ok(readFileSync(`${folder}/${file}`).length > 0, file));
  assert.match(readFileSync(`${folder}/LICENSE-crates.txt`, "utf8"), /serde/);
});
