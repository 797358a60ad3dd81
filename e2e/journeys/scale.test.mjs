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
