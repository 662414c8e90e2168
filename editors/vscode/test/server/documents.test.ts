// What is open, as it is there: encodings, edits, several files, several folders.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import {
  type ClientCapabilities,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import { Client, folder, full, offset, position, slice, template, uri } from "./client";

const rule = "function-url-auth-none";

const encodings: { name: string; offered?: string[]; want: string }[] = [
  { name: "nothing is offered", want: "utf-16" },
  { name: "UTF-16", offered: ["utf-16"], want: "utf-16" },
  { name: "UTF-8 before UTF-16", offered: ["utf-8", "utf-16"], want: "utf-8" },
  { name: "UTF-32 before UTF-16", offered: ["utf-32", "utf-16"], want: "utf-32" },
  { name: "one that nobody knows", offered: ["utf-7", "utf-16"], want: "utf-16" },
];

for (const { name, offered, want } of encodings) {
  test(`positions: ${name}`, async () => {
    const general = offered ? { positionEncodings: offered as ["utf-16"] } : {};
    const root = folder({ "main.tf": template("terraform/main.tf"), "sam/template.yaml": template("sam/template.yaml") });
    const client = await Client.start({ capabilities: { ...full, general }, folders: [root] });
    assert.equal(client.encoding, want);
    const tf = path.join(root, "main.tf");
    const sam = path.join(root, "sam/template.yaml");
    await client.open(tf, template("terraform/main.tf"));
    await client.open(sam, template("sam/template.yaml"), 1, "yaml");
    await client.finding(tf, rule, '"NONE"');
    await client.finding(sam, rule, "NONE");

    // An edit in the same units, behind what is more than one unit long.
    const text = client.text(tf);
    const at = text.indexOf('"NONE"');
    const range = {
      start: position(text, at, want),
      end: position(text, at + '"NONE"'.length, want),
    };
    await client.change(tf, text.replace('"NONE"', '"AWS_IAM"'), [{ range, text: '"AWS_IAM"' }]);
    await client.nothing(tf);
    await client.stop();
  });
}

const bare: ClientCapabilities = {};

test("a client that can do nothing gets nothing but places and messages", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ capabilities: bare, folders: [root] });
  const tf = path.join(root, "main.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  assert.deepEqual(client.registrations, []);
  await client.stop();
});

test("a file without a folder", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start();
  const tf = path.join(root, "main.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.stop();
});

test("a file that is not on the disk", async () => {
  const root = folder({});
  const client = await Client.start({ folders: [root] });
  const tf = path.join(root, "new.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.close(tf);
  await client.nothing(tf);
  await client.stop();
});

test("a folder with a name that must be escaped", async () => {
  const root = folder({ "a b#c%25é😀/main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [root] });
  const tf = path.join(root, "a b#c%25é😀", "main.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.stop();
});

/** Small numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

for (const [name, newline] of [
  ["LF", "\n"],
  ["CRLF", "\r\n"],
] as const) {
  test(`300 edits, several in a message, lines that end with ${name}`, async () => {
    const root = folder({});
    const client = await Client.start({ folders: [root] });
    const tf = path.join(root, "main.tf");
    const head = ["# é", "# 😀😀", "# plain", ""].join(newline);
    const tail = template("terraform/main.tf").replaceAll("\n", newline);
    let comment = head;
    await client.open(tf, comment + tail);
    await client.finding(tf, rule, '"NONE"');
    const below = numbers(7);
    const pieces = ["x", "é", "😀", "e\u0301", `${newline}# `, "\t", "ab😀cd", ""];
    for (let message = 0; message < 100; message++) {
      const changes: TextDocumentContentChangeEvent[] = [];
      for (let i = 0; i < 3; i++) {
        const body = comment.length - newline.length; // the last line break stays
        let from = 2 + below(body - 1);
        let to = Math.min(body, from + below(4));
        while (splits(comment, from)) from--;
        while (splits(comment, to)) to--;
        to = Math.max(from, to);
        if (comment.slice(from - 2, to + 2).match(/[\r\n#]/)) {
          to = from; // a comment stays one
          while (from > 2 && (comment[from - 1] === "#" || /[\r\n]/.test(comment.slice(from - 1, from + 1)))) {
            from--;
            to = from;
          }
          if (splits(comment, from)) continue;
        }
        const text = pieces[below(pieces.length)]!;
        const whole = comment + tail;
        changes.push({
          range: { start: position(whole, from, client.encoding), end: position(whole, to, client.encoding) },
          text,
        });
        comment = comment.slice(0, from) + text + comment.slice(to);
      }
      await client.change(tf, comment + tail, changes);
    }
    assert.equal(comment.split(newline).every((line) => line === "" || line.startsWith("#")), true, comment);
    await client.finding(tf, rule, '"NONE"');
    await client.stop();
  });
}

/** Whether an offset lies within a character or a line break. */
function splits(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0xdc00 && code <= 0xdfff) || (text[at] === "\n" && text[at - 1] === "\r");
}

test("the newest text counts, however fast it changes", async () => {
  const root = folder({});
  const client = await Client.start({ folders: [root] });
  const tf = path.join(root, "main.tf");
  const bad = template("terraform/main.tf");
  const good = bad.replace("NONE", "AWS_IAM");
  await client.open(tf, bad);
  for (let i = 0; i < 50; i++) {
    await client.change(tf, i % 2 === 0 ? good : bad);
  }
  await client.finding(tf, rule, '"NONE"');
  await client.change(tf, good);
  await client.nothing(tf);
  await client.stop();
});

test("a change at the very end of the text, and beyond the end of a line", async () => {
  const root = folder({});
  const client = await Client.start({ folders: [root] });
  const tf = path.join(root, "main.tf");
  const text = template("terraform/main.tf");
  await client.open(tf, text);
  await client.finding(tf, rule, '"NONE"');
  const end = position(text, text.length, client.encoding);
  await client.change(tf, `${text}# end`, [{ range: { start: end, end }, text: "# end" }]);
  await client.finding(tf, rule, '"NONE"');
  // What is beyond the end of a line is its end, says the protocol.
  const far = { line: 10, character: 1000 };
  await client.change(tf, client.text(tf).replace('"NONE"\n', '"NONE" # why\n'), [
    { range: { start: far, end: far }, text: " # why" },
  ]);
  await client.finding(tf, rule, '"NONE"');
  await client.stop();
});

test("a module of two files: what is caused in one is found in the other, unsaved", async () => {
  const root = folder({ "main.tf": template("unit/main.tf"), "variables.tf": template("unit/variables.tf") });
  const client = await Client.start({ folders: [root] });
  const main = path.join(root, "main.tf");
  const variables = path.join(root, "variables.tf");
  await client.open(main, template("unit/main.tf"));
  await client.finding(main, rule, "var.authorization");
  const text = template("unit/variables.tf");
  await client.open(variables, text);
  const start = position(text, text.indexOf("NONE"), client.encoding);
  const range = { start, end: { line: start.line, character: start.character + 4 } };
  await client.change(variables, text.replace("NONE", "AWS_IAM"), [{ range, text: "AWS_IAM" }]);
  await client.nothing(main);
  await client.close(variables); // without saving: the file counts again
  await client.finding(main, rule, "var.authorization");
  await client.stop();
});

test("a file that changes outside of the editor", async () => {
  const root = folder({ "main.tf": template("unit/main.tf"), "variables.tf": template("unit/variables.tf") });
  const client = await Client.start({ folders: [root] });
  await client.await("a registration for files", () =>
    client.registrations.some((r) => r.method === "workspace/didChangeWatchedFiles"),
  );
  const main = path.join(root, "main.tf");
  const variables = path.join(root, "variables.tf");
  await client.open(main, template("unit/main.tf"));
  await client.finding(main, rule, "var.authorization");
  const tell = (type: FileChangeType) =>
    client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uri(variables), type }],
    });
  fs.writeFileSync(variables, template("unit/variables.tf").replace("NONE", "AWS_IAM"));
  await tell(FileChangeType.Changed);
  await client.nothing(main);
  fs.writeFileSync(variables, template("unit/variables.tf"));
  await tell(FileChangeType.Changed);
  await client.finding(main, rule, "var.authorization");
  fs.rmSync(variables);
  await tell(FileChangeType.Deleted); // the variable is not declared: nobody knows its value
  await client.until(main, "no finding", (found) => found.every((d) => d.code !== rule));
  await client.stop();
});

test("what is fixed and saved stays away when the file is closed; what is not saved comes back", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [root] });
  const tf = path.join(root, "main.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.change(tf, client.text(tf).replace("NONE", "AWS_IAM"));
  await client.nothing(tf);
  await client.close(tf);
  await client.until(tf, "the finding of the file on the disk", (found) => found.length === 1);
  await client.open(tf, template("terraform/main.tf"));
  await client.change(tf, client.text(tf).replace("NONE", "AWS_IAM"));
  await client.save(tf);
  await client.nothing(tf);
  await client.close(tf);
  await client.nothing(tf);
  await client.stop();
});

test("text that cannot be read is said, and goes away", async () => {
  const root = folder({});
  const client = await Client.start({ folders: [root] });
  const tf = path.join(root, "main.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.change(tf, `${template("terraform/main.tf")}\nresource "aws_lambda_function" {{{ é😀\n`);
  await client.until(tf, "not-checked", (found) => found.some((d) => d.code === "not-checked"));
  await client.change(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.stop();
});

test("two folders, each for itself; one more, one less", async () => {
  const first = folder({ "main.tf": template("terraform/main.tf") });
  const second = folder({ "main.tf": template("terraform/main.tf"), ".lintel.yaml": `skip: [${rule}]\n` });
  const third = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [first, second] });
  const [one, two, three] = [first, second, third].map((root) => path.join(root, "main.tf")) as [string, string, string];
  for (const file of [one, two]) {
    await client.open(file, template("terraform/main.tf"));
  }
  await client.finding(one, rule, '"NONE"');
  await client.nothing(two);
  await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
    event: { added: [{ uri: uri(third), name: "third" }], removed: [{ uri: uri(second), name: "second" }] },
  });
  await client.open(three, template("terraform/main.tf"));
  await client.finding(three, rule, '"NONE"');
  await client.stop();
});

test("a folder that is opened through a link", async () => {
  const real = folder({ "main.tf": template("unit/main.tf"), "variables.tf": template("unit/variables.tf") });
  const link = path.join(folder({}), "link");
  fs.symlinkSync(real, link);
  const client = await Client.start({ folders: [link] });
  const main = path.join(link, "main.tf");
  const variables = path.join(link, "variables.tf");
  await client.open(main, template("unit/main.tf"));
  await client.finding(main, rule, "var.authorization");
  await client.open(variables, template("unit/variables.tf"));
  await client.change(variables, template("unit/variables.tf").replace("NONE", "AWS_IAM"));
  await client.nothing(main);
  const elsewhere = [...client.diagnostics.values()].filter((p) => !p.uri.startsWith(uri(link)) && p.diagnostics.length > 0);
  assert.deepEqual(elsewhere, []);
  await client.stop();
});

test("an address that is escaped more than it has to be is answered as it is written", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [root] });
  const address = `${uri(root)}/m%61in%2Etf`;
  await client.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: address, languageId: "terraform", version: 1, text: template("terraform/main.tf") },
  });
  await client.await("a finding", () => client.diagnostics.get(address)?.diagnostics.length === 1);
  await client.stop();
});

test("a finding is shown in each open file that it has to do with, and leads to the others", async () => {
  const root = folder({
    "main.tf": 'module "webhook" {\n  source        = "./modules/function"\n  authorization = "NONE"\n}\n',
    "modules/function/main.tf": template("unit/main.tf"),
    "modules/function/variables.tf": 'variable "authorization" {\n  type = string\n}\n',
  });
  const client = await Client.start({ folders: [root] });
  const caller = path.join(root, "main.tf");
  const called = path.join(root, "modules/function/main.tf");
  const callerText = fs.readFileSync(caller, "utf8");
  await client.open(called, template("unit/main.tf"));
  const here = await client.finding(called, rule, "var.authorization");
  assert.ok(here.relatedInformation!.some((info) => info.location.uri === uri(caller)));
  await client.open(caller, callerText);
  const there = await client.finding(caller, rule, '"NONE"');
  assert.ok(there.relatedInformation!.some((info) => info.location.uri === uri(called)));
  await client.finding(called, rule, "var.authorization");
  await client.change(caller, callerText.replace("NONE", "AWS_IAM"));
  await client.nothing(caller);
  await client.nothing(called);
  await client.close(caller); // without saving
  await client.finding(called, rule, "var.authorization");
  await client.stop();
});

test("what is no template is nobody's business", async () => {
  const root = folder({});
  const client = await Client.start({ folders: [root] });
  const yaml = path.join(root, "compose.yaml");
  await client.open(yaml, "services:\n  web:\n    image: nginx\n", 1, "yaml");
  await client.nothing(yaml);
  const untitled = "untitled:Untitled-1";
  await client.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: untitled, languageId: "terraform", version: 1, text: template("terraform/main.tf") },
  });
  const tf = path.join(root, "main.tf");
  await client.open(tf, template("terraform/main.tf"));
  await client.finding(tf, rule, '"NONE"');
  await client.stop();
});

test("the tests' own arithmetic", () => {
  const text = "é😀x\r\n\ny";
  for (const [encoding, character] of [
    ["utf-8", 6],
    ["utf-16", 3],
    ["utf-32", 2],
  ] as const) {
    assert.deepEqual(position(text, 3, encoding), { line: 0, character });
    assert.equal(offset(text, { line: 0, character }, encoding), 3);
    assert.equal(
      slice(text, { start: { line: 0, character }, end: { line: 2, character: 1 } }, encoding),
      "x\r\n\ny",
    );
  }
  assert.throws(() => offset(text, { line: 0, character: 2 }, "utf-16"), /no character begins/);
  assert.throws(() => offset(text, { line: 9, character: 0 }, "utf-16"), /no line 9/);
});
