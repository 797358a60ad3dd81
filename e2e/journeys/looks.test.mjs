//! What the page looks like: wide, on a phone, in the dark. For people to look at; the measure is that nothing overflows.
import assert from "node:assert/strict";
import { journey, narrow, open } from "../support/page.mjs";
import { answerIs, openNode, openPolicy } from "../support/playground.mjs";

async function assertFits(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px wider than the screen`);
}

for (const colorScheme of ["light", "dark"]) {
  journey(`wide, ${colorScheme}`, { colorScheme }, async ({ page, address, picture }) => {
    await open(page, address);
    await answerIs(page, "Denied explicitly");
    await openPolicy(page, "DenyEc2InDev");
    await picture(`wide-policy-${colorScheme}`);
    await openNode(page, "Production, account");
    await picture(`wide-account-${colorScheme}`);
    await page.getByTitle("Title, description and questions of this scenario").click();
    await picture(`wide-scenario-${colorScheme}`);
    await page.getByRole("button", { name: "Compare" }).click();
    await picture(`wide-compare-${colorScheme}`);
    await assertFits(page);
  });

  journey(`on a phone, ${colorScheme}`, { viewport: narrow, colorScheme }, async ({ page, address, picture }) => {
    await open(page, address);
    await picture(`narrow-tree-${colorScheme}`);
    await openNode(page, "Production, account");
    await page.getByRole("heading", { name: "Production", level: 2 }).waitFor();
    await picture(`narrow-account-${colorScheme}`);
    await assertFits(page);
    const tabs = page.getByRole("navigation", { name: "Panes" });
    await tabs.getByRole("button", { name: /^Why/ }).click();
    await answerIs(page, "Denied explicitly");
    await picture(`narrow-why-${colorScheme}`);
    await assertFits(page);
    await tabs.getByRole("button", { name: "Organization" }).click();
    await openPolicy(page, "DenyEc2InDev");
    await picture(`narrow-policy-${colorScheme}`);
    await assertFits(page);
  });
}

journey("the theme can be chosen and is remembered", { colorScheme: "light" }, async ({ page, address }) => {
  await open(page, address);
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.getByRole("button", { name: "Theme: as the system" }).click();
  await page.getByRole("button", { name: "Theme: light" }).click();
  await page.getByRole("button", { name: "Theme: dark" }).waitFor();
  assert.equal(await scheme(), "dark");
  await page.reload();
  await page.getByRole("button", { name: "Theme: dark" }).waitFor();
  assert.equal(await scheme(), "dark");
});
