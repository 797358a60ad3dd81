//! No view breaks a rule of accessibility that a machine can check, in light and in dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { journey, narrow, open } from "../support/page.mjs";
import { onPhone, views } from "../support/views.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function assertAccessible(page, view) {
  // A colour on its way to another is not what people read.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const words = found.violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`);
    return `${id}: ${help}\n    ${places.join("\n    ")}`;
  });
  assert.deepEqual(words, [], view);
}

for (const colorScheme of ["light", "dark"]) {
  // Colours are measured, so nothing may be on its way from one to another.
  const calm = { colorScheme, reducedMotion: "reduce" };
  for (const [words, settings, list] of [
    ["every view", calm, views],
    ["on a phone", { ...calm, viewport: narrow }, onPhone],
  ]) {
    journey(`${words}, ${colorScheme}`, settings, async ({ page, address }) => {
      await open(page, address);
      for (const [view, show] of list) {
        await show(page, address);
        await assertAccessible(page, view);
      }
    });
  }
}
