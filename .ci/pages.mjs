// Uses the HTML pages like a person in a browser. Arguments: the directory of the npm packages playwright-core and axe-core, the
// directory of the pages, and the directory for screenshots.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

const [packages, pages, shots] = process.argv.slice(2);
const require = createRequire(path.join(packages, "package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Opens a page and returns it with the faults that the browser reports. A request for something else is one. */
async function open(name, options) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  const address = pathToFileURL(path.join(pages, name)).href;
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => request.url() !== address && faults.push(`requests ${request.url()}`));
  await page.goto(address);
  return { page, faults };
}

/** Checks a page in both color schemes for faults and for barriers to people with disabilities. */
async function inBothSchemes(name) {
  const backgrounds = new Set();
  for (const colorScheme of ["light", "dark"]) {
    const { page, faults } = await open(`${name}.html`, { colorScheme });
    backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    await page.screenshot({ path: path.join(shots, `${name}-${colorScheme}.png`) });
    assert.deepEqual(faults, [], `${name}, ${colorScheme}`);
    const result = await page.evaluate(`(() => { const module = undefined; ${axe}; return window.axe.run(); })()`);
    assert.deepEqual(result.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `${name}, ${colorScheme}`);
    await page.context().close();
  }
  assert.equal(backgrounds.size, 2, `${name} has no dark scheme`);
}

/** Counts the visible elements. */
const visible = (page, selector) => page.locator(`${selector}:visible`).count();

await inBothSchemes("report");
await inBothSchemes("access");

{
  const { page } = await open("report.html");
  const all = await visible(page, "li[data-severity]");
  assert.ok(all > 3, `${all} findings`);
  await page.getByLabel("Search").fill("runtime");
  const found = await visible(page, "li[data-severity]");
  assert.ok(found > 0 && found < all, `the search finds ${found} of ${all}`);
  assert.equal(await page.getByRole("status").textContent(), `${found} of ${all} findings shown`);
  await page.getByLabel("Search").fill("");
  await page.getByRole("checkbox", { name: "high" }).focus();
  await page.keyboard.press("Space");
  assert.ok((await visible(page, "li[data-severity]")) < all, "the filter hides nothing");
}
{
  const { page } = await open("report.html", { javaScriptEnabled: false });
  assert.ok((await visible(page, "li[data-severity]")) > 3, "without JavaScript nothing is shown");
}
{
  const { page } = await open("access.html");
  const all = await visible(page, "tr[data-f]");
  assert.ok(all > 1, `${all} functions`);
  assert.ok(await page.locator("figure").first().evaluate((figure) => figure.scrollWidth <= figure.clientWidth), "the drawing is wider than the page");
  await page.getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  const found = await visible(page, "tr[data-f]");
  assert.ok(found < all, `the filter shows ${found} of ${all}`);
}
await browser.close();
