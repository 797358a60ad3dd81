//! No view breaks a rule of accessibility that a machine can check, in light and in dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { journey, narrow, open } from "../support/page.mjs";
import { answerIs, openNode, openPolicy } from "../support/playground.mjs";

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
  journey(`every view, ${colorScheme}`, { colorScheme }, async ({ page, address }) => {
    await open(page, address);
    await answerIs(page, "Denied explicitly");
    await assertAccessible(page, "root");
    await openPolicy(page, "DenyEc2InDev");
    await assertAccessible(page, "policy");
    await openNode(page, "Production, account");
    await assertAccessible(page, "account");
    await page.getByRole("button", { name: "John", exact: true }).first().click();
    await assertAccessible(page, "user");
    await page.getByTitle("Title, description and questions of this scenario").click();
    await assertAccessible(page, "scenario");
    await page.getByRole("button", { name: "Compare" }).first().click();
    await page.getByText("2007.04 USD together").waitFor();
    await assertAccessible(page, "compare");
    await page.getByRole("button", { name: "Gallery", exact: true }).first().click();
    await page.locator(".gallery-card").first().waitFor();
    await assertAccessible(page, "gallery");
    await page.getByRole("button", { name: "Lessons", exact: true }).first().click();
    await page.getByRole("button", { name: "Start: Two keys to one door" }).click();
    const lesson = page.getByRole("region", { name: /^Lesson:/ });
    await lesson.getByRole("button", { name: "Next" }).click();
    await lesson.getByRole("button", { name: "Allowed" }).click();
    await assertAccessible(page, "lesson");
    await lesson.getByRole("button", { name: "End the lesson" }).click();
    await page.getByRole("button", { name: "Go on: Two keys to one door" }).waitFor();
    await assertAccessible(page, "lessons");
    await page.getByRole("button", { name: /^More:/ }).click();
    await page.getByRole("button", { name: "AWS CLI calls" }).click();
    await page.getByText("aws organizations create-organization").waitFor();
    await assertAccessible(page, "commands");
    await page.goto(`${address}#gallery=data-perimeter`);
    await page.getByRole("heading", { name: "The trap" }).waitFor();
    await assertAccessible(page, "introduction");
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("dialog").waitFor();
    await assertAccessible(page, "share");
  });

  journey(`on a phone, ${colorScheme}`, { viewport: narrow, colorScheme }, async ({ page, address }) => {
    await open(page, address);
    await assertAccessible(page, "tree");
    await openNode(page, "Development, organizational unit");
    await assertAccessible(page, "organizational unit");
    await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: /^Why/ }).click();
    await assertAccessible(page, "why");
  });
}
