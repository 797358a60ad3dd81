//! On a phone, by touch alone.
import assert from "node:assert/strict";
import { journey, narrow, open } from "../support/page.mjs";
import { answerIs, node } from "../support/playground.mjs";

journey("a policy is opened, changed and judged by touch", { viewport: narrow, hasTouch: true, isMobile: true }, async ({ page, address, picture }) => {
  await open(page, address);
  const pane = (name) => page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name }).tap();
  await node(page, "Development, organizational unit").tap();
  await page.getByRole("heading", { name: "Development", level: 2 }).waitFor();
  await picture("touch-unit");
  await page.locator("#pane-details").getByRole("button", { name: "DenyEc2InDev" }).first().tap();
  const editor = page.locator(".cm-content");
  await editor.waitFor();
  await page.locator(".cm-line", { hasText: '"Deny"' }).tap();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{ "Version": "2012-10-17", "Statement": [] }');
  await pane(/^Why/);
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: /^Undo/ }).tap();
  await answerIs(page, "Denied explicitly");
  await picture("touch-why");
  // What a finger must hit is at least as large as WCAG 2.2 wants it.
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, select, input")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ name: element.ariaLabel ?? element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > 0 && box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );
  assert.deepEqual(small, []);
});
