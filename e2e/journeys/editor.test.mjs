//! The text editor alone: its bundle, loaded as the page loads it, under the page's own policy.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }
  ]
}`;

/** Puts a textarea with the editor on the page; `told` collects what the editor reports. */
async function mount(page, address, options = {}) {
  await open(page, address);
  await page.evaluate(
    async ([text, options]) => {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.replaceChildren(document.createElement("div"));
      document.body.firstChild.append(field);
      field.focus();
      field.setSelectionRange(2, 2);
      const { mount } = await scpPlayground.loadEditor();
      globalThis.told = [];
      globalThis.editor = mount(field, { label: "Policy", onChange: (text) => told.push(text), ...options });
    },
    [POLICY, options],
  );
  return page.getByRole("textbox", { name: "Policy" });
}

journey("typing is reported, setting the text is not", {}, async ({ page, address, picture }) => {
  const box = await mount(page, address);
  assert.ok(await box.evaluate((element) => element === document.activeElement), "focus moves into the editor");
  await page.keyboard.type("x");
  assert.deepEqual(await page.evaluate(() => told.map((text) => text.slice(0, 4))), ['{\nx ']);
  await page.evaluate(() => editor.setText('{ "Version": "2012-10-17" }'));
  assert.equal(await page.evaluate(() => told.length), 1);
  assert.match(await box.innerText(), /^\{ "Version"/);
  await picture("editor-plain");
});

journey("marks and diagnostics are shown at their place", {}, async ({ page, address, picture }) => {
  const box = await mount(page, address);
  const from = POLICY.indexOf("{ ");
  await page.evaluate((from) => {
    editor.setMarks([
      { from, to: from + 20, kind: "deciding" },
      { from: 4, to: 13, kind: "applied" },
      { from: 99_999, to: 100_000, kind: "failed" },
    ]);
    const message = "this action does not exist";
    editor.setDiagnostics([{ from: from + 31, to: from + 38, severity: "error", message, code: "P123" }]);
    editor.reveal();
  }, from);
  assert.equal(await page.locator(".cm-mark-deciding").first().innerText(), '{ "Effect": "Deny", ');
  assert.deepEqual(await page.locator(".cm-mark-gutter .cm-mark-sign:visible").allInnerTexts(), ["✓", "◆"]);
  await box.locator(".cm-lintRange-error").hover();
  await page.getByText("this action does not exist").waitFor();
  await picture("editor-marks");
});

journey("tab leaves the editor, and a read-only text can be reached", {}, async ({ page, address }) => {
  const box = await mount(page, address, { readOnly: true });
  assert.equal(await box.getAttribute("aria-readonly"), "true");
  await page.keyboard.type("x");
  await page.keyboard.press("Tab");
  assert.ok(!(await box.evaluate((element) => element.contains(document.activeElement))), "the editor kept the focus");
  assert.deepEqual(await page.evaluate(() => told), []);
});

journey("the textarea has the text back when the editor goes", {}, async ({ page, address }) => {
  await mount(page, address);
  await page.keyboard.type("x");
  await page.evaluate(() => editor.destroy());
  assert.equal(await page.locator("textarea").inputValue(), POLICY.slice(0, 2) + "x" + POLICY.slice(2));
  assert.equal(await page.locator(".cm-editor").count(), 0);
});
