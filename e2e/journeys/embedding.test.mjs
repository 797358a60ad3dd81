//! A scenario inside another page, as a code for the projector, and handed on.
import assert from "node:assert/strict";
import { journey, narrow, open } from "../support/page.mjs";
import { answerIs, node, openNode } from "../support/playground.mjs";

journey("an embedded page shows what was asked for, keeps nothing and changes nothing", {}, async ({ page, address, picture }) => {
  await open(page, `${address}?embed=1&view=tree,why&readonly=1&theme=dark`);
  await answerIs(page, "Denied explicitly");
  assert.equal(await page.locator("#pane-details").isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "Share" }).count(), 0);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal(await page.locator("#pane-organization .button").first().isVisible(), false);
  await openNode(page, "Development, organizational unit");
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await answerIs(page, "Denied");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await picture("embedded");

  const whole = await page.getByRole("link", { name: "Open in SCP Playground" }).getAttribute("href");
  assert.match(whole, /^[^?]*#s\d\./);
});

journey("a read-only page shows its fields and does not let them be changed", {}, async ({ page, address, picture }) => {
  await open(page, `${address}?embed=1&readonly=1`);
  await page.locator("#pane-organization .entry", { hasText: "DenyEc2InDev" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await name.waitFor();
  assert.equal(await name.isEditable(), false);
  assert.equal(await page.getByRole("button", { name: /^Delete …/ }).count(), 0);
  await picture("embedded-details");
});

journey("an embedded page fits a narrow frame", { viewport: narrow }, async ({ page, address, picture }) => {
  await open(page, `${address}?embed=1&view=why`);
  await answerIs(page, "Denied explicitly");
  assert.equal(await node(page, "Root").isVisible(), false);
  await picture("embedded-narrow");
});

journey("the share dialog draws a code and gives the lines for another page", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Show a QR code" }).click();
  await page.getByRole("img", { name: "QR code of the link" }).waitFor();
  await picture("share-code");
  await page.getByText("Embed it in another page").click();
  await page.getByLabel("Dark").check();
  const lines = await page.getByLabel("Lines for another page").inputValue();
  const source = /src="([^"]+)"/.exec(lines)[1].replaceAll("&amp;", "&");
  assert.match(source, /\?embed=1&view=tree,why&readonly=1&theme=dark#s1\./);
  await picture("share-embed");
  await page.goto("about:blank");
  await open(page, source);
  await answerIs(page, "Denied explicitly");
});
