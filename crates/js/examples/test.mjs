// Tests guardrails with files that the page saved, as `scp-playground test` does.
// Run: node test.mjs FILE...
import { readFileSync } from "node:fs";
import { test } from "scp-playground";

const results = process.argv
  .slice(2)
  .flatMap((file) => test(JSON.parse(readFileSync(file, "utf8"))));
const failed = results.filter((result) => !result.passed);
for (const { label, expected, decision, error, message } of failed) {
  console.log(`${label}: expected ${expected}, found ${decision ?? error}\n  ${message}`);
}
console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
