//! The catalogue of AWS's actions comes after the page, and the page says so where it doesn't come.
import { journey, open } from "../support/page.mjs";

/** Opens the menu, where the facts are named. */
async function menu(page) {
  await page.getByRole("button", { name: "More: files" }).click();
  return page.locator("#menu");
}

journey("the menu tells how many actions the page knows, and of which day", {}, async ({ page, address }) => {
  await open(page, address);
  const facts = (await menu(page)).getByText(/^[\d,]+ AWS actions, as of \d{4}-\d\d-\d\d/);
  await facts.waitFor();
});

const refused = { allow: [/404/] };

journey("without its catalogue the page works and says what is missing", refused, async ({ page, address }) => {
  await page.route("**/catalog.bin*", (route) => route.fulfill({ status: 404 }));
  await open(page, address);
  await page.locator(".why-verdict-words", { hasText: "Denied explicitly" }).waitFor({ state: "attached" });
  await (await menu(page)).getByText("The catalogue of AWS’s actions is missing").waitFor();
});
