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
  await page.getByRole("dialog").getByRole("textbox", { name: "Name", exact: true }).focus();
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

journey("anything is found by its name, and the focus goes there", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByRole("button", { name: "Find anything" }).click();
  const field = page.getByRole("combobox", { name: "Find anything" });
  await field.waitFor();
  await page.keyboard.type("audit");
  await picture("find");
  await field.fill("log arch");
  await page.getByRole("option", { name: "Log archive account" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Log archive", level: 2 }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "details-heading");
  await page.keyboard.press("Control+k");
  await field.fill("permissions boundary of nobody");
  await page.getByText("Nothing is called").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

journey("questions are gone through, begun and asked by keys alone", {}, async ({ page, address }) => {
  await open(page, address);
  const name = page.getByRole("textbox", { name: "Name of this question" });
  const first = await name.inputValue();
  await page.keyboard.press("Alt+Shift+J");
  await page.waitForFunction((first) => document.querySelector("#why-name").value !== first, first);
  await page.keyboard.press("Alt+Shift+K");
  await page.waitForFunction((first) => document.querySelector("#why-name").value === first, first);
  await page.keyboard.press("Alt+Shift+N");
  await page.waitForFunction(() => document.activeElement?.id === "why-action");
  await page.keyboard.type("s3:ListAllMyBuckets");
  await page.locator(".why-verdict-words").waitFor({ state: "attached" });
  assert.equal(await page.locator("#why-resource").inputValue(), "*");
  await page.keyboard.press("F6");
  assert.ok(await page.evaluate(() => document.activeElement.closest("#pane-organization")), "from the last pane round to the first");
  await page.keyboard.press("Shift+F6");
  assert.ok(await page.evaluate(() => document.activeElement.closest("#pane-why")));
});
