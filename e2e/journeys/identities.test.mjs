//! Identities, accounts and the organization: all of it edited without touching JSON, and the JSON for those who like it.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { answerIs, openNode, retype } from "../support/playground.mjs";

const dialog = (page) => page.getByRole("dialog");

journey("a user gets a policy, a boundary, a group and tags, and loses them again", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await openNode(page, "Production, account");
  await page.getByRole("button", { name: "User", exact: true }).click();
  await dialog(page).getByLabel("Name").fill("Vera");
  await dialog(page).getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { name: "Vera" }).waitFor();
  await page.getByRole("button", { name: "Attach …" }).click();
  await dialog(page).getByRole("button", { name: "Attach" }).click();
  await page.getByRole("button", { name: /^Detach / }).waitFor();
  await page.getByRole("button", { name: "Set …" }).click();
  await dialog(page).getByLabel("Permissions boundary").selectOption({ label: "DeployBoundary" });
  await dialog(page).getByRole("button", { name: "Set" }).click();
  await page.getByRole("button", { name: "Clear the boundary" }).waitFor();
  await page.getByRole("button", { name: "Add to …" }).click();
  await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Remove from Operators" }).waitFor();
  const key = page.getByLabel("Key of a new tag");
  await key.fill("team");
  await key.press("Enter");
  const value = page.getByLabel("Value of team");
  await value.fill("blue");
  await value.press("Enter");
  await page.waitForFunction(() => document.querySelector('[aria-label="Value of team"]')?.value === "blue");
  await picture("user");
  await page.getByRole("button", { name: "Remove the tag team" }).click();
  await value.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Clear the boundary" }).click();
  await page.getByText("No permissions boundary.").waitFor();
  await page.getByRole("button", { name: "Delete …" }).click();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "Production" }).first().waitFor();
});

journey("a group's users are added and removed from the group", {}, async ({ page, address }) => {
  await open(page, address);
  await openNode(page, "Production, account");
  await page.getByRole("button", { name: "Operators", exact: true }).first().click();
  await page.getByRole("button", { name: "Remove John from it" }).click();
  await page.getByText("Nobody is in it.").waitFor();
  await page.getByRole("button", { name: "Add …" }).click();
  await dialog(page).getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Remove John from it" }).waitFor();
});

journey("the organization's settings are changed, and refused where AWS refuses", {}, async ({ page, address }) => {
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  await openNode(page, "Root");
  await page.getByRole("button", { name: "Disable SCPs" }).click();
  await answerIs(page, "Allowed");
  await page.getByRole("button", { name: "Undo: Disable SCPs" }).click();
  await answerIs(page, "Denied explicitly");
  await page.getByRole("button", { name: "Delete organization …" }).click();
  await dialog(page).getByRole("button", { name: "Delete" }).click();
  await dialog(page).getByText("OrganizationNotEmptyException").waitFor();
  await page.keyboard.press("Escape");
  await openNode(page, "Management, ");
  await page.getByRole("button", { name: "Settings …" }).click();
  await dialog(page).getByLabel("State").selectOption({ label: "Closed" });
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await dialog(page).getByText("ConstraintViolationException").waitFor();
});

journey("the scenario's JSON is checked while typing, survives a reload half typed, and applies as one edit", {}, async ({ page, address, picture }) => {
  await open(page, address);
  const show = async () => {
    await page.getByTitle("Title, description and questions of this scenario").click();
    const editor = page.locator(".cm-content").and(page.getByRole("textbox", { name: "JSON of the scenario" }));
    if (!(await page.locator(".json-card").getAttribute("open").then((it) => it !== null))) {
      await page.getByText("The whole scenario as JSON").click();
    }
    await editor.waitFor();
    return editor;
  };
  const editor = await show();
  const text = await page.locator(".json-card textarea").inputValue();
  await retype(page, editor, text.replace('"title": "Example Corp"', '"title": "Half typed'));
  await page.locator("#scenario-json-state").getByRole("button", { name: /^Line [34], column / }).waitFor();
  await page.reload();
  await page.waitForFunction(() => !document.querySelector(".boot"));
  const again = await show();
  assert.match(await again.innerText(), /Half typed/);
  // A member that no scenario has: its place is marked in the text, and the list leads there.
  await retype(page, again, text.replace('"title"', '"titel"'));
  await page.locator("#scenario-json-state").getByRole("button", { name: /^Line 3, column / }).click();
  await page.waitForFunction(() => document.activeElement.closest(".json-card .cm-editor"));
  await page.locator(".json-card .cm-lintRange-error", { hasText: "titel" }).waitFor();
  await picture("json-error");
  await retype(page, again, text.replace('"title": "Example Corp"', '"title": "From JSON"'));
  await page.getByText("A whole scenario: it can be applied.").waitFor();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.getByRole("button", { name: "From JSON", exact: true }).waitFor();
  await page.getByRole("button", { name: /^Undo: Open From JSON/ }).click();
  await page.getByRole("button", { name: "Example Corp", exact: true }).waitFor();
});
