//! The parts of the program that are fetched after the first verdict: one that does not come says so, and comes later.
import { journey, open } from "../support/page.mjs";
import { answerIs, openNode, openPolicy } from "../support/playground.mjs";

const withhold = (page, part) => page.route(`**/${part}.wasm*`, (route) => route.abort());
const give = (page, part) => page.unroute(`**/${part}.wasm*`);
const missing = (page) => page.getByText("This part of the page could not be fetched.");

/** What the browser itself says about a file that it could not get. */
const expected = { allow: [/Failed to load resource/, /net::ERR_FAILED/, /Failed to fetch/, /LinkError|CompileError/] };

journey("what is opened waits for its part, and can be asked for again", expected, async ({ page, address, picture }) => {
  await withhold(page, "split_views");
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  await openNode(page, "Development, organizational unit");
  await missing(page).waitFor();
  await picture("part-missing");
  await give(page, "split_views");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Development", level: 2 }).waitFor();
  await page.getByRole("button", { name: "Gallery" }).first().click();
  await page.getByRole("heading", { name: "Gallery" }).waitFor();
});

journey("without what goes by the catalogue there are questions, answers and edits", expected, async ({ page, address }) => {
  await withhold(page, "split_catalog");
  await open(page, address);
  await answerIs(page, "Denied explicitly");
  await missing(page).waitFor();
  await openPolicy(page, "DenyEc2InDev");
  await page.getByRole("button", { name: "Detach from Development" }).click();
  await answerIs(page, "Allowed");
  await give(page, "split_catalog");
  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.locator(".effective-short-row").first().waitFor();
});

journey("a link whose reader does not come leaves one's own scenario open", expected, async ({ page, address }) => {
  await withhold(page, "split_links");
  await open(page, `${address}#json=%7B%22format%22%3A1%2C%22title%22%3A%22Shared%20Corp%22%7D`);
  await page.getByText("The part of the page that reads links could not be fetched.").waitFor();
  await answerIs(page, "Denied explicitly");
});
