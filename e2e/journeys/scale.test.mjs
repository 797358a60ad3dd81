//! An organization of a thousand accounts: it opens folded, everything is found, and every node has its verdict.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs, node } from "../support/playground.mjs";
import { organization } from "../support/scale.mjs";

journey("a thousand accounts are opened, found and unfolded", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const text = JSON.stringify(organization(1000));
  await page.locator("input[type=file]").setInputFiles({ name: "large.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "A thousand accounts", exact: true }).waitFor();
  await answerIs(page, "Denied explicitly");
  const rows = await page.getByRole("treeitem").count();
  assert.ok(rows < 200, `what fills the screen is folded at first: ${rows} rows`);
  await picture("scale-folded");

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find anything" }).fill("account 777");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Account 777", level: 2 }).waitFor();
  await node(page, "Account 777, account").waitFor();
  assert.match(await node(page, "Account 777, account").innerText(), /SCPs would/, "off the way, it says what would be");
  await picture("scale-found");
});

journey("a thousand accounts are unfolded at once, and only what is near is drawn", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const text = JSON.stringify(organization(1000));
  await page.locator("input[type=file]").setInputFiles({ name: "large.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "A thousand accounts", exact: true }).waitFor();
  await node(page, "Root").press("ArrowDown");
  await node(page, "Unit 0").press("*");
  await node(page, "Unit 0, organizational unit").and(page.locator("[aria-expanded=true]")).waitFor();
  const drawn = () => page.locator(".tree-row").count();
  const focused = (name) => page.waitForFunction((name) => document.activeElement.textContent.startsWith(name), name);
  assert.ok((await drawn()) < 200, `rows on the page: ${await drawn()}`);
  const height = await page.locator("#organization-tree").evaluate((tree) => tree.getBoundingClientRect().height);
  assert.ok(height > 1000 * 30, `the tree is as long as all of its rows: ${height}`);

  await page.keyboard.press("End");
  await focused("Account 0, management account");
  await page.keyboard.press("ArrowUp");
  await focused("Account 980");
  assert.ok((await drawn()) < 200, `rows on the page: ${await drawn()}`);
  await picture("scale-end");

  // By the wheel: what comes into view is drawn, and the Tab key still finds its way back.
  await page.locator("#pane-organization").evaluate((pane) => pane.scrollTo(0, pane.scrollHeight / 2));
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll("#organization-tree .tree-row")].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > 60 && top < window.innerHeight;
    });
    return shown.length > 20;
  });
  await picture("scale-middle");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await focused("Account 980");
  assert.equal(await node(page, "Account 980").getAttribute("aria-setsize"), "49");
});
