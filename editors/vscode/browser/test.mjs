// Drives VS Code in a browser (code-server) with the packaged extension, like a user. Arguments: the directory of the npm packages
// code-server and playwright-core, the workspace, and the directory for screenshots. LINTEL_URL is the address of code-server.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

const [packages, workspace, shots] = process.argv.slice(2);
const { chromium } = createRequire(path.join(packages, "package.json"))("playwright-core");
const patience = 30_000; // ms; a wait ends as soon as its condition is true

const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
page.setDefaultTimeout(patience);

const shot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
const saved = (name) => fs.readFileSync(path.join(workspace, name), "utf8");

/** Waits for a condition. */
async function until(what, ready) {
  const end = Date.now() + patience;
  while (!(await ready())) {
    assert.ok(Date.now() < end, `timeout: ${what}`);
    await page.waitForTimeout(100);
  }
}

/** Enters a text in the input at the top and chooses what it finds. Something that opens at the start can close the input. */
async function choose(key, text, title) {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  await until(title, async () => {
    await page.keyboard.press(key);
    const input = page.locator(".quick-input-widget input[type=text]");
    return input
      .fill(text, { timeout: 3000 })
      .then(() => row.waitFor({ timeout: 5000 }))
      .then(() => true, () => false);
  });
  await page.keyboard.press("Enter");
}

/** Opens a file of the workspace and waits for its editor. */
async function open(name) {
  await choose("Control+p", name, path.basename(name));
  await page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
}

/** Runs a command of the palette. */
async function run(title) {
  await choose("F1", `>${title}`, title);
}

/** Waits for a Markdown preview with a text. */
const preview = (text) =>
  until(`a page with ${text}`, async () => {
    for (const frame of page.frames()) {
      const body = await frame.locator("body").innerText({ timeout: 1000 }).catch(() => "");
      if (frame !== page.mainFrame() && body.includes(text)) {
        return true;
      }
    }
    return false;
  });

const step = (text) => console.log(`vscode: ${text}`);

try {
  await page.goto(`${process.env["LINTEL_URL"]}/?folder=${encodeURIComponent(workspace)}`);
  await page.locator(".monaco-workbench .explorer-folders-view").waitFor();

  await open("template.yaml");
  await page.locator(".squiggly-error").first().waitFor();
  await page.locator(".codelens-decoration", { hasText: "lintel: " }).first().waitFor();
  await until("the number of findings in the status bar", async () =>
    /lintel \d/.test(await page.locator(".statusbar").innerText()),
  );
  await shot("diagnostics");
  step("findings are underlined and counted");

  await page.locator(".codelens-decoration a", { hasText: "lintel: " }).first().click();
  await preview("Who can invoke");
  await shot("access");
  step("the code lens opens the access of a function");
  await run("View: Close All Editors");

  await open("template.yaml");
  await page.locator(".squiggly-error").first().waitFor();
  await run("Go to Next Problem in Files"); // the cursor is at the finding
  await page.keyboard.press("Escape");
  await run("lintel: Explain Rule");
  await preview("How to fix it");
  await shot("rule");
  step("the page of the rule at the cursor opens");
  await run("View: Close All Editors");

  await open("template.yaml");
  await page.locator(".squiggly-error").first().waitFor();
  await run("Go to Next Problem in Files");
  await page.keyboard.press("Escape");
  await run("Quick Fix...");
  await page.locator(".action-widget .monaco-list-row.focused", { hasText: "Require IAM authorization" }).waitFor();
  await shot("fix");
  await page.keyboard.press("Enter");
  await until("the end of the finding", async () => (await page.locator(".squiggly-error").count()) === 0);
  await page.keyboard.press("Control+s");
  await until("the fixed file", () => saved("template.yaml").includes("AWS_IAM"));
  step("the light bulb fixes the finding");

  await open("app.py");
  await page.locator(".squiggly-error").first().waitFor();
  await shot("source");
  step("a finding in the code of a function is underlined");

  await open(".lintel.yaml");
  await page.locator(".monaco-editor.focused, .monaco-editor .focused").first().waitFor();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("skip: [tracing", { delay: 50 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row", { hasText: "tracing-disabled" }).first().waitFor();
  await shot("completion");
  step("rules are completed in the configuration");
} catch (e) {
  await shot("failure");
  console.error(e);
  process.exitCode = 1;
} finally {
  await browser.close();
}
