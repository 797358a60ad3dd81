//! What a person does on the page, in their words.

/** A root, OU or account of the tree by the beginning of what is read out: "Development, organizational unit". */
export function node(page, name) {
  return page.getByRole("treeitem", { name: new RegExp(`^${name}`) });
}

/** Opens a root, OU or account by a click on its line. */
export async function openNode(page, name) {
  await node(page, name).click();
}

/** Waits until the answer on the right begins with these words: "Allowed", "Denied explicitly", "Denied implicitly". */
export async function answerIs(page, words) {
  await page.locator(".why-verdict-words", { hasText: words }).waitFor({ state: "attached" });
}

/** Opens a policy from the list on the left and gives its editor, once the code editor has come. */
export async function openPolicy(page, name) {
  await page.locator("#pane-organization .entry", { hasText: name }).click();
  const editor = page.getByRole("textbox", { name: `Text of ${name}` });
  // Not the text area that stands in until the code editor comes, nor the editor of another policy.
  await page.locator(".cm-content").and(editor).waitFor();
  return editor;
}

/** Puts another text in the place of all that is in the editor. */
export async function retype(page, editor, text) {
  await editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** Waits until the browser has kept a scenario that passes the test: "own", "link" (a shared one, changed) or "save". */
export async function kept(page, kind, test) {
  await page.waitForFunction(
    ([kind, source]) => {
      const records = Object.entries(localStorage).filter(([key]) => key.startsWith(`scp-playground.${kind}.`));
      return records.some(([, text]) => new RegExp(source).test(JSON.parse(text).scenario));
    },
    [kind, test.source],
  );
}

/** What the browser has kept of a kind. */
export async function allKept(page, kind) {
  return page.evaluate((kind) => {
    const records = Object.entries(localStorage).filter(([key]) => key.startsWith(`scp-playground.${kind}.`));
    return records.map(([, text]) => JSON.parse(text));
  }, kind);
}

/** The link of the share dialog, as somebody would copy it. */
export async function shareLink(page) {
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("textbox", { name: "Link to this scenario" });
  return field.inputValue();
}

/** Gives the scenario another title. */
export async function rename(page, title) {
  await page.getByTitle("Title, description and questions of this scenario").click();
  await page.getByRole("textbox", { name: "Title" }).fill(title);
}
