//! The gallery, the lessons, the comparison and the calls of the AWS CLI: opened, used, and back to one's own work.
import assert from "node:assert/strict";
import { journey, narrow, open, wide } from "../support/page.mjs";
import { answerIs, openNode } from "../support/playground.mjs";

async function read(page, name) {
  await page.getByRole("banner").getByRole("button", { name, exact: true }).click();
  await page.getByRole("heading", { name: /Gallery|Lessons|side by side/, level: 2 }).waitFor();
}

async function assertFits(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} px wider than the screen`);
}

for (const colorScheme of ["light", "dark"]) {
  journey(`a scenario of the gallery opens beside one's own, ${colorScheme}`, { viewport: wide, colorScheme }, async ({ page, address, picture }) => {
    await open(page, address);
    await read(page, "Gallery");
    const cards = page.locator(".gallery-card");
    await cards.first().waitFor();
    assert.ok((await cards.count()) >= 14);
    await picture(`gallery-${colorScheme}`);
    const all = await cards.count();
    await page.getByRole("button", { name: /^Root user/ }).click();
    await page.waitForFunction((all) => document.querySelectorAll(".gallery-card").length < all / 2, all);
    await page.getByRole("link", { name: /key that locks/ }).click();
    await page.getByRole("heading", { name: "The trap" }).waitFor();
    await page.getByText("from the gallery.", { exact: false }).first().waitFor();
    await answerIs(page, "Denied implicitly");
    await page.getByRole("button", { name: /^The administrator repairs/, pressed: true }).waitFor();
    await picture(`gallery-introduction-${colorScheme}`);
    await page.getByRole("button", { name: "Look around" }).click();
    await page.getByRole("button", { name: "Read first" }).waitFor();
    await page.getByRole("button", { name: "Back to my scenario" }).click();
    await page.getByTitle("Title, description and questions of this scenario").getByText("Example Corp").waitFor();
  });

  journey(`a lesson is predicted, tried and finished, ${colorScheme}`, { viewport: wide, colorScheme }, async ({ page, address, picture }) => {
    await open(page, address);
    await read(page, "Lessons");
    await page.getByRole("button", { name: "Start: Two keys to one door" }).waitFor();
    await picture(`lessons-${colorScheme}`);
    await page.getByRole("button", { name: "Start: Two keys to one door" }).click();
    const lesson = page.getByRole("region", { name: /^Lesson:/ });
    await lesson.getByText("Step 1 of 8").waitFor();
    await lesson.getByRole("button", { name: "Next" }).click();
    await picture(`lesson-predict-${colorScheme}`);
    await lesson.getByRole("button", { name: "Allowed" }).click();
    await lesson.getByText("Not quite.").waitFor();
    await answerIs(page, "Denied implicitly");
    await picture(`lesson-answer-${colorScheme}`);
    await lesson.getByRole("button", { name: "Next" }).click();
    await lesson.getByText("Not there yet.").waitFor();
    await lesson.getByText("A hint").click();
    await picture(`lesson-try-${colorScheme}`);
    await lesson.getByRole("button", { name: "Do it for me" }).click();
    await lesson.getByText("Reached.").waitFor();
    await answerIs(page, "Allowed");
    await lesson.getByRole("button", { name: "End the lesson" }).click();
    await page.getByRole("button", { name: "Go on: Two keys to one door" }).waitFor();
    await page.getByTitle("Title, description and questions of this scenario").getByText("Example Corp").waitFor();
  });
}

journey("a lesson goes on where it was left, after a reload", {}, async ({ page, address }) => {
  await open(page, address);
  await read(page, "Lessons");
  await page.getByRole("button", { name: "Start: Down the tree" }).click();
  const lesson = page.getByRole("region", { name: /^Lesson:/ });
  await lesson.getByRole("button", { name: "Next" }).click();
  await lesson.getByText("Step 2 of").waitFor();
  await page.waitForFunction(() => (localStorage.getItem("scp-playground.lessons") ?? "").includes("down-the-tree"));
  await page.reload();
  await page.waitForFunction(() => !document.querySelector(".boot"));
  await read(page, "Lessons");
  await page.getByRole("button", { name: "Go on: Down the tree" }).click();
  await lesson.getByText("Step 2 of").waitFor();
});

journey("a teacher's link opens the lesson, and its end leads back", {}, async ({ page, address }) => {
  await page.goto(`${address}#lesson=for-nothing`);
  const lesson = page.getByRole("region", { name: "Lesson: For all of nothing" });
  await lesson.getByText("Step 1 of 4").waitFor();
  await lesson.getByRole("button", { name: "End the lesson" }).click();
  await page.getByRole("heading", { name: "Lessons", level: 2 }).waitFor();
  assert.doesNotMatch(page.url(), /lesson=/);
  await page.goto(`${address}#lesson=no-such-lesson`);
  await page.getByText("There is no lesson").waitFor();
});

journey("an edit is shown as a call of the AWS CLI", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, address, picture }) => {
  await open(page, address);
  await page.getByRole("button", { name: /^More:/ }).click();
  await page.getByRole("button", { name: "AWS CLI calls" }).click();
  await page.getByText("Nothing has been edited yet").waitFor();
  await page.getByText("aws organizations create-organization --feature-set ALL").waitFor();
  await picture("commands");
  await page.getByRole("button", { name: "Copy as a shell script" }).click();
  await page.getByText("The calls are copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^#!\/bin\/sh\n/);
  await page.getByRole("button", { name: "Close" }).click();
  await openNode(page, "Development, organizational unit");
  await page.getByRole("button", { name: "Detach DenyEc2InDev", exact: true }).click();
  await page.getByRole("button", { name: /^More:/ }).click();
  await page.getByRole("button", { name: "AWS CLI calls" }).click();
  await page.getByText("aws organizations detach-policy --policy-id p-denyec2dev --target-id ou-corp-development").waitFor();
});

journey("the bill is calculated as it is typed", {}, async ({ page, address, picture }) => {
  await open(page, address);
  await read(page, "Compare");
  await page.getByText("2007.04 USD together").waitFor();
  await page.getByRole("spinbutton", { name: "TB out, Development" }).fill("10");
  await page.getByText("3338.24 USD together").waitFor();
  await page.getByRole("heading", { name: "Billing" }).scrollIntoViewIfNeeded();
  await picture("compare-bill");
});

journey("gallery and lessons on a phone", { viewport: narrow }, async ({ page, address, picture }) => {
  await open(page, address);
  const menu = page.getByRole("button", { name: /^More:/ });
  await menu.click();
  await page.getByRole("button", { name: "Gallery" }).click();
  await page.locator(".gallery-card").first().waitFor();
  await assertFits(page);
  await picture("gallery-narrow");
  await page.getByRole("link", { name: /No second factor/ }).click();
  await page.getByRole("heading", { name: "The trap" }).waitFor();
  await assertFits(page);
  await picture("gallery-introduction-narrow");
  await menu.click();
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("button", { name: "Start: One side, both sides" }).click();
  const lesson = page.getByRole("region", { name: /^Lesson:/ });
  await lesson.getByRole("button", { name: "Next" }).click();
  await assertFits(page);
  await picture("lesson-narrow");
  await lesson.getByRole("button", { name: "End the lesson" }).click();
  await menu.click();
  await page.getByRole("button", { name: "Compare Organizations and IAM" }).click();
  await page.getByText("2007.04 USD together").waitFor();
  await assertFits(page);
});
