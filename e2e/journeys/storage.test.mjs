//! What the browser keeps: by itself, under names, in two tabs; and that nothing is lost when it keeps nothing.
import assert from "node:assert/strict";
import { journey, open } from "../support/page.mjs";
import { allKept, answerIs, kept, rename } from "../support/playground.mjs";

const blocked = () => {
  const refuse = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  Object.defineProperty(globalThis, "localStorage", { get: refuse });
  Object.defineProperty(globalThis, "sessionStorage", { get: refuse });
};

journey("storage is blocked, and the page says what that means", {}, async ({ page, address }) => {
  await page.addInitScript(blocked);
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /^This browser does not let the page keep anything/);
});

journey("storage is full, and the page says so where it matters", {}, async ({ page, address }) => {
  await open(page, address);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await rename(page, "Too much");
  await page.getByRole("alert").getByText("This browser does not let the page keep anything").waitFor();
  await openSaves(page);
  await page.getByRole("button", { name: "Save as" }).click();
  await page.getByRole("dialog").getByText("its storage is blocked or full").waitFor();
});

journey("what cannot be read stays kept, and the next one opens", {}, async ({ page, address }) => {
  await page.addInitScript(() => {
    if (localStorage.length) return;
    const record = (kept, scenario) => JSON.stringify({ kept, scenario: JSON.stringify(scenario) });
    localStorage.setItem("scp-playground.own.new", record(2, { format: 99 }));
    localStorage.setItem("scp-playground.own.old", record(1, { format: 1, title: "Still there" }));
    localStorage.setItem("scp-playground.own.odd", '{"no":"record"}');
  });
  await open(page, address);
  assert.match(await page.getByRole("alert").innerText(), /cannot be read: this scenario was made by a newer version/);
  await page.getByRole("button", { name: "Still there", exact: true }).waitFor();
  await rename(page, "Changed");
  await kept(page, "own", /Changed/);
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.ok(keys.includes("scp-playground.own.new") && keys.includes("scp-playground.own.odd"), keys.join());
});

journey("a reload brings back what was there, with the question and what was open", {}, async ({ page, address }) => {
  await open(page, address);
  assert.deepEqual(await allKept(page, "own"), [], "looking leaves nothing behind");
  for (const title of ["First", "Second"]) {
    await rename(page, title);
    await kept(page, "own", new RegExp(title));
    await page.reload();
    await page.getByRole("button", { name: title, exact: true }).waitFor();
    await page.getByRole("textbox", { name: "Title" }).waitFor();
  }
  await page.waitForFunction(() => Object.keys(localStorage).filter((key) => key.startsWith("scp-playground.own.")).length === 1);
  assert.equal(await page.getByRole("region", { name: "Scenario of another tab" }).count(), 0);
});

journey("two tabs do not fight: both are kept, and the other one is offered", {}, async ({ page, context, address, picture }) => {
  await open(page, address);
  await rename(page, "Mine");
  await kept(page, "own", /"Mine"/);

  const second = await context.newPage();
  await open(second, address);
  await second.getByRole("button", { name: "Mine", exact: true }).waitFor();
  await rename(second, "Mine in the second tab");
  await second.getByText("This scenario is open in another tab as well.").waitFor();
  await kept(second, "own", /second tab/);
  await rename(page, "Mine in the first tab");
  await kept(page, "own", /first tab/);
  const titles = (await allKept(page, "own")).map(({ scenario }) => JSON.parse(scenario).title).sort();
  assert.deepEqual(titles, ["Mine in the first tab", "Mine in the second tab"]);

  // Each tab comes back to its own.
  await second.reload();
  await second.getByRole("button", { name: "Mine in the second tab", exact: true }).waitFor();
  assert.equal(await second.getByRole("region", { name: "Scenario of another tab" }).count(), 0);
  await second.close();

  // Later, in a new tab: the newest is open, and the other one is a click away.
  await page.reload();
  const line = page.getByRole("region", { name: "Scenario of another tab" });
  await line.getByText("Mine in the second tab").waitFor();
  await picture("storage-other-tab");
  await line.getByRole("button", { name: "Put it among my saved scenarios" }).click();
  await line.waitFor({ state: "detached" });
  await openSaves(page);
  await page.getByRole("button", { name: /^Mine in the second tab/ }).waitFor();
});

async function openSaves(page) {
  await page.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("button", { name: "My scenarios" }).click();
}

const save = (page, name) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: `Delete ${name}`, exact: true }) });

journey("scenarios are saved, opened, renamed, duplicated and deleted", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await rename(page, "Plan A");
  await openSaves(page);
  await page.getByRole("button", { name: "Save as" }).click();
  await page.getByRole("button", { name: "Duplicate Plan A" }).click();
  await page.getByRole("button", { name: "Rename Plan A (copy)" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("Plan B");
  await page.keyboard.press("Enter");
  await save(page, "Plan B").waitFor();
  await picture("saves");
  await page.getByRole("button", { name: "Delete Plan A", exact: true }).click();
  await save(page, "Plan A").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await save(page, "Plan A").waitFor();
  await page.keyboard.press("Escape");

  await rename(page, "Something else");
  await openSaves(page);
  await page.getByRole("button", { name: /^Plan A/ }).click();
  await page.getByRole("button", { name: "Plan A", exact: true }).waitFor();
  await page.getByText("What was open before, Something else, is among your saved scenarios.").waitFor();
  await page.getByRole("button", { name: /^Undo: Open/ }).click();
  await page.getByRole("button", { name: "Something else", exact: true }).waitFor();
  await openSaves(page);
  await save(page, "Something else").waitFor();
});
