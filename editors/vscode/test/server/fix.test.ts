// Actions that mend findings.

import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import {
  type ClientCapabilities,
  CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Range,
} from "vscode-languageserver-protocol/node";
import { Client, edited, editsOf, folder, full, template } from "./client";

const atOnce: ClientCapabilities = {
  ...full,
  textDocument: { ...full.textDocument, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
};

/** The actions of a kind, with what they change. */
async function actions(client: Client, file: string, range: Range, kind: string): Promise<CodeAction[]> {
  const uri = [...client.diagnostics.keys()].find((key) => key.endsWith(path.basename(file)))!;
  const offered = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range,
    context: { diagnostics: client.diagnostics.get(uri)!.diagnostics, only: [kind] },
  });
  const all: CodeAction[] = [];
  for (const it of offered ?? []) {
    assert.ok("kind" in it && CodeAction.is({ edit: { changes: {} }, ...it }), JSON.stringify(it));
    assert.ok(it.kind === kind || it.kind?.startsWith(`${kind}.`), `${it.kind} is no ${kind}`);
    all.push(it.edit ? it : await client.connection.sendRequest(CodeActionResolveRequest.type, it));
  }
  return all;
}

for (const [what, capabilities] of [
  ["computed when it is chosen", full],
  ["computed at once", atOnce],
] as const) {
  for (const name of ["terraform/main.tf", "sam/template.yaml"]) {
    test(`${name}: a fix, ${what}`, async () => {
      const root = folder({ [path.basename(name)]: template(name) });
      const client = await Client.start({ capabilities, folders: [root] });
      const file = path.join(root, path.basename(name));
      await client.open(file, template(name));
      const [found] = await client.until(file, "a finding", (all) => all.length === 1);
      const fixes = await actions(client, file, found!.range, "quickfix");
      const it = fixes.find((fix) => fix.title.includes("Require IAM authorization"));
      assert.ok(it?.edit, `offered: ${fixes.map((fix) => fix.title).join(", ")}`);
      const text = edited(client.text(file), editsOf(it.edit, file, client), client.encoding);
      assert.equal(text, template(name).replace("NONE", "AWS_IAM"));
      await client.change(file, text);
      await client.nothing(file);
      await client.stop();
    });
  }

  for (const kind of ["source.fixAll.lintel", "source.fixAll"]) {
    test(`all fixes of a file, asked for as ${kind}, ${what}`, async () => {
      const root = folder({ "main.tf": template("permissions/main.tf") });
      const client = await Client.start({ capabilities, folders: [root] });
      const file = path.join(root, "main.tf");
      await client.open(file, template("permissions/main.tf"));
      await client.until(file, "two findings", (all) => all.length === 2);
      const all = await actions(client, file, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, kind);
      assert.equal(all.length, 1);
      const text = edited(client.text(file), editsOf(all[0]!.edit!, file, client), client.encoding);
      assert.equal(text, template("permissions/main.tf").replace(/"(lambda:)?\*"/g, '"lambda:InvokeFunction"'));
      await client.change(file, text);
      await client.nothing(file);
      const again = await actions(client, file, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, kind);
      assert.deepEqual(again, [], "there is nothing left to mend");
      await client.stop();
    });
  }
}
