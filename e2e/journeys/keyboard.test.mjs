//! Everything by keyboard: to the tree, through it, a move, a rename, undo, and to the other panes.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs, node } from "../support/playground.mjs";

async function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");
}

journey("an account is moved by keys alone", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Go to the organization");
  await picture("keyboard-skip-link");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^Root, root/);

  await page.keyboard.press("End");
  assert.match(await focused(page), /^Management/);
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  await page.keyboard.press("ArrowRight");
  assert.match(await focused(page), /^Development, account/);
  await page.keyboard.press("Control+x");
  await page.getByText("Development is cut.").waitFor({ state: "attached" });
  await page.keyboard.press("t");
  assert.match(await focused(page), /^Testing, organizational unit/);
  await page.keyboard.press("Control+v");
  await page.getByText("Development moved to Testing.").waitFor({ state: "attached" });
  await answerIs(page, "Allowed");
  await page.keyboard.press("Control+z");
  await answerIs(page, "Denied explicitly");
});

journey("an OU is folded, renamed and opened by keys alone", {}, async ({ page, address }) => {
  await open(page, address);
  await node(page, "Root").first().focus();
  await page.keyboard.press("w");
  assert.match(await focused(page), /^Workloads/);
  await page.keyboard.press("ArrowLeft");
  await node(page, "Production").first().waitFor({ state: "detached" });
  await page.keyboard.press("F2");
  await page.getByRole("dialog").waitFor();
  await page.getByRole("textbox", { name: "Name", exact: true }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Products");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.match(await focused(page), /^Products/, "the focus is back where it was");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Products", level: 2 }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

journey("a pane is made wider by keys, and stays so", {}, async ({ page, address }) => {
  await open(page, address);
  const border = page.getByRole("separator", { name: "Width of the organization pane" });
  const width = () => page.locator("#pane-organization").evaluate((element) => element.getBoundingClientRect().width);
  const before = await width();
  await border.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await width(), before + 32);
  await page.reload();
  await border.waitFor();
  assert.equal(await width(), before + 32);
});
