//! A person writes a policy with the editor's help: names are offered and explained, mistakes are mended, the text is laid
//! out and undone, and its length is shown beside AWS's quota.
import assert from "node:assert/strict";
import { journey, narrow, open } from "../support/page.mjs";
import { answerIs, openPolicy, retype } from "../support/playground.mjs";

const EMPTY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": ,
      "Resource": "*"
    }
  ]
}`;

/** Puts the cursor behind the first place where the text stands, by a click. */
async function cursorBehind(page, text) {
  const [x, y] = await page.evaluate((text) => {
    const walker = document.createTreeWalker(document.querySelector(".cm-content"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      const { right, top, bottom } = range.getBoundingClientRect();
      return [right, (top + bottom) / 2];
    }
    throw new Error(`no ${text} in the editor`);
  }, text);
  await page.mouse.click(x, y);
}

/** Waits until the catalogue has come: names are known from then on. */
async function withCatalog(page, address) {
  const catalog = page.waitForResponse(/catalog\.bin/);
  const words = page.waitForResponse(/catalog-words\.txt/);
  await open(page, address);
  await Promise.all([catalog, words]);
  await page.locator("#menu", { hasText: "AWS actions, as of" }).waitFor({ state: "attached" });
}

const offers = (page) => page.getByRole("listbox", { name: "Completions" });

for (const colorScheme of ["light", "dark"]) {
  journey(`an action is written with help, ${colorScheme}`, { colorScheme }, async ({ page, address, picture }) => {
    await withCatalog(page, address);
    const editor = await openPolicy(page, "DenyEc2InDev");
    await retype(page, editor, EMPTY);
    await cursorBehind(page, "Action");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type('"ec2');
    await offers(page).getByRole("option", { name: /^ec2:/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("St");
    await offers(page).getByRole("option", { name: "ec2:StartInstances" }).waitFor();
    await picture(`completion-action-${colorScheme}`);
    await page.keyboard.type("artInst");
    const option = offers(page).getByRole("option", { name: "ec2:StartInstances" });
    await page.waitForFunction(() => document.querySelector(".cm-tooltip-autocomplete [aria-selected]")?.innerText.includes("ec2:StartInstances"));
    await option.waitFor();
    await page.keyboard.press("Enter");
    await offers(page).waitFor({ state: "detached" });
    assert.match(await editor.innerText(), /"Action": "ec2:StartInstances",/);
    await answerIs(page, "Denied explicitly");

    await editor.getByText("ec2:StartInstances").hover();
    const about = page.locator(".cm-about");
    await about.getByText("Write", { exact: true }).waitFor();
    assert.match(await about.innerText(), /arn:aws:ec2:.*:instance\//);
    await picture(`hover-action-${colorScheme}`);
    await page.mouse.move(5, 5);
    await about.waitFor({ state: "detached" });

    await cursorBehind(page, "Effec");
    await page.keyboard.press("F1");
    await about.getByText("a Deny that applies wins").waitFor();
    await page.keyboard.press("Escape");
    await about.waitFor({ state: "detached" });
  });
}

journey("a condition is written with help", {}, async ({ page, address, picture }) => {
  await withCatalog(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  await retype(page, editor, EMPTY.replace('"Action": ,', '"Action": "ec2:*",').replace('"*"\n', '"*",\n      \n'));
  await cursorBehind(page, "Resource");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.type('"Con');
  await offers(page).getByRole("option", { name: "Condition" }).waitFor();
  await page.keyboard.press("Enter");
  await offers(page).getByRole("option", { name: "StringEquals", exact: true }).waitFor();
  await page.keyboard.type("StringNotEq");
  await offers(page).getByRole("option", { name: "StringNotEquals", exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await offers(page).getByRole("option", { name: /^ec2:/ }).first().waitFor();
  await picture("completion-key");
  await page.keyboard.type("requestedreg");
  await offers(page).getByRole("option", { name: /^aws:RequestedRegion/ }).waitFor();
  await page.keyboard.press("Enter");
  await offers(page).getByRole("option", { name: "eu-central-1" }).waitFor();
  await page.keyboard.type("eu-w");
  await offers(page).getByRole("option", { name: "eu-west-1" }).waitFor();
  await page.keyboard.press("Enter");
  assert.match((await editor.innerText()).replaceAll("\u200b", ""), /"Condition": \{ "StringNotEquals": \{ "aws:RequestedRegion": "eu-west-1" \} \}/);
  await answerIs(page, "Denied explicitly");
  await page.locator(".cm-mark-condition").first().waitFor();
  await picture("deciding-condition");
});

journey("an action that AWS does not have is noticed and mended from the editor", {}, async ({ page, address, picture }) => {
  await withCatalog(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  await retype(page, editor, EMPTY.replace('"Action": ,', '"Action": ["ec2:StartInstnces", "s3:ListBucket"],').replace('"*"\n', '"arn:aws:s3:::data/*"\n'));
  const problems = page.getByRole("list", { name: "Problems in this policy" });
  await problems.getByText("did you mean ec2:StartInstances?").waitFor();
  await picture("unknown-action");
  await problems.getByRole("button", { name: "Fix: write ec2:StartInstances" }).click();
  await problems.getByText("did you mean").waitFor({ state: "detached" });
  await problems.getByText(/ListBucket works on bucket/).waitFor();

  await editor.locator(".cm-lintRange-warning", { hasText: "ListBucket" }).hover();
  await page.locator(".cm-diagnosticAction").first().waitFor();
  await picture("quick-fix");
  await page.locator(".cm-tooltip").getByRole("button", { name: /Fix: add arn:aws:s3:::data/ }).click();
  await problems.getByText(/ListBucket works on bucket/).waitFor({ state: "detached" });
  assert.match(await editor.innerText(), /\["arn:aws:s3:::data\/\*", "arn:aws:s3:::data"\]/);
});

journey("the document is laid out, and the editor's undo is the page's", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  const line = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}}';
  await retype(page, editor, line);
  await answerIs(page, "Allowed");
  await page.keyboard.press("Shift+Alt+F");
  await page.locator(".cm-line").nth(3).waitFor();
  assert.match(await editor.innerText(), /^\{\n {2}"Version": "2012-10-17",\n/);
  await page.getByRole("button", { name: "Undo: Format document" }).waitFor();
  await page.keyboard.press("Control+z");
  assert.equal(await editor.innerText(), line);
  await page.keyboard.press("Control+z");
  await answerIs(page, "Denied explicitly");
  await page.keyboard.press("Control+Shift+z");
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: "Format document", exact: true }).click();
  await page.locator(".cm-line").nth(3).waitFor();
  await picture("formatted");
});

journey("the length of a policy is shown beside its quota", { viewport: narrow }, async ({ page, address, picture }) => {
  await open(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  const size = page.locator(".editor-size");
  assert.match(await size.innerText(), /^[\d,]+ of 10,240 characters\s+white space counted; \d+ as the console saves it$/);
  await retype(page, editor, `{ "Version": "2012-10-17", "Id": "${"x".repeat(11_000)}" }`);
  await page.locator(".editor-size.over").waitFor();
  await size.scrollIntoViewIfNeeded();
  await picture("size-meter");
});

journey("help fits on a phone", { viewport: narrow, colorScheme: "dark" }, async ({ page, address, picture }) => {
  await withCatalog(page, address);
  const editor = await openPolicy(page, "DenyEc2InDev");
  await retype(page, editor, EMPTY);
  await cursorBehind(page, "Action");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type('"s3:Get');
  await offers(page).getByRole("option", { name: "s3:GetObject" }).first().waitFor();
  await picture("completion-narrow-dark");
  const box = await page.locator(".cm-tooltip-autocomplete").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= narrow.width, `offers from ${box.x} to ${box.x + box.width}`);
});
