// The bundled extension with the real server, in a process that stands for VS Code.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, test } from "node:test";
import { folder, program, template } from "./client";
import { Editor, type Settings } from "./editor";

const bundle = path.resolve("dist/extension.js");
const manifest = JSON.parse(fs.readFileSync("package.json", "utf8"));
const rule = "function-url-auth-none";

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

/** Activates the extension in a window with a template open. */
async function window(settings: Settings, prepare: (editor: Editor, root: string) => void = () => {}): Promise<{ editor: Editor; file: string }> {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const file = path.join(root, "main.tf");
  const editor = new Editor(root, settings);
  prepare(editor, root);
  await editor.open(file, "terraform", template("terraform/main.tf"));
  const extension = await editor.activate(bundle);
  stop = async () => {
    stop = async () => {};
    await extension.deactivate();
    editor.subscriptions.forEach((s) => s.dispose());
  };
  return { editor, file };
}

test("what is open is checked, and the status bar counts", async () => {
  const { editor, file } = await window({ user: { "lintel.path": program } });
  await editor.until("a finding", () => editor.found(file).length === 1);
  const [it] = editor.found(file);
  assert.equal(it!.source, "lintel");
  assert.equal(JSON.stringify(it!.code).includes(rule), true);
  assert.equal(template("terraform/main.tf").split("\n")[it!.range.start.line]!.slice(it!.range.start.character, it!.range.end.character), '"NONE"');
  await editor.until("1 in the status bar", () => editor.status.text.endsWith(" 1"));
  assert.equal(editor.status.backgroundColor, undefined);

  await editor.change(file, template("terraform/main.tf").replace("NONE", "AWS_IAM"));
  await editor.until("no finding", () => editor.found(file).length === 0);
  await editor.until("a check mark", () => editor.status.text === "$(check) lintel");
  await stop();
  assert.deepEqual(editor.output.filter((line) => /error|fail|could not/i.test(line)), []);
});

test("its commands are those of the manifest and of the server", async () => {
  const { editor } = await window({ user: { "lintel.path": program } });
  const own = manifest.contributes.commands.map((c: { command: string }) => c.command);
  for (const command of own) {
    assert.ok(editor.commands.has(command), command);
  }
  const others = [...editor.commands.keys()].filter((command) => !own.includes(command));
  assert.deepEqual(others.sort(), ["lintel.access", "lintel.explainRule", "lintel.rules"]); // of the server
  await editor.run("lintel.fixAll");
  assert.deepEqual(editor.ran.pop(), ["editor.action.sourceAction", { kind: "source.fixAll.lintel", apply: "first" }]);
  await editor.run("lintel.help");
  assert.deepEqual(editor.ran.pop(), ["extension.open", "lintel.lintel"]);
});

test("started anew, it finds the same", async () => {
  const { editor, file } = await window({ user: { "lintel.path": program } });
  await editor.until("a finding", () => editor.found(file).length === 1);
  await Promise.all([editor.run("lintel.restart"), editor.run("lintel.restart")]); // impatient
  await editor.until("a finding again", () => editor.found(file).length === 1 && editor.status.text.endsWith(" 1"));
  assert.equal(editor.output.filter((line) => line.startsWith("starting ")).length, 3);
});

test("settings go to the server", async () => {
  const { editor, file } = await window({ user: { "lintel.path": program, "lintel.profile": "all" } });
  await editor.until("more than one finding", () => editor.found(file).length > 1);
});

test("a program that is not there is said, and started when it is", async () => {
  const { editor, file } = await window({ user: { "lintel.path": "/nowhere/lintel" } });
  assert.match(editor.status.text, /not found/);
  assert.match(editor.status.tooltip, /\/nowhere\/lintel, which is not a program/);
  assert.equal(editor.status.command, "lintel.help");
  assert.notEqual(editor.status.backgroundColor, undefined);
  await editor.configure({ user: { "lintel.path": program } });
  await editor.until("a finding", () => editor.found(file).length === 1);
});

test("a program that is no server is said, and not started again and again", async () => {
  const { editor } = await window({ user: { "lintel.path": "/bin/true" } });
  await editor.until("a failure", () => editor.status.text === "$(error) lintel");
  assert.match(editor.status.tooltip, /could not be started: ./);
  assert.equal(editor.status.command, "lintel.showOutput");
});

test("a workspace that is not trusted does not say which program runs", async () => {
  const mark = path.join(folder({}), "ran");
  const { editor, file } = await window({ user: { "lintel.path": program } }, (e, root) => {
    const evil = path.join(root, "lintel");
    fs.writeFileSync(evil, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    e.settings.workspace = { "lintel.path": evil };
    e.trusted = false;
  });
  await editor.until("a finding", () => editor.found(file).length === 1);
  assert.match(editor.output.join("\n"), new RegExp(`starting ${program} lsp`));
  await editor.trust(); // even then, what lies in the workspace is not started
  assert.match(editor.status.tooltip, /lies in the workspace itself/);
  assert.equal(fs.existsSync(mark), false);
});

test("everything that the manifest says of languages is in the bundle", () => {
  const text = fs.readFileSync(bundle, "utf8");
  for (const event of manifest.activationEvents) {
    const language = event.match(/^onLanguage:(.*)$/)?.[1];
    if (language) {
      assert.ok(text.includes(`"${language}"`), language);
    }
  }
});
