// How a session begins and ends, and what it survives.

import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import {
  CancellationTokenSource,
  CodeActionRequest,
  ExitNotification,
  HoverRequest,
  InitializeRequest,
  ShutdownRequest,
} from "vscode-languageserver-protocol/node";
import { Client, folder, template, uri } from "./client";

const rule = "function-url-auth-none";

const failsWith = (code: number) => (e: { code: number; message: string }) => {
  assert.equal(e.code, code, e.message);
  assert.notEqual(e.message, "");
  return true;
};

test("shutdown and exit: 0", async () => {
  const client = await Client.start();
  await client.stop();
});

test("with --stdio, as many clients write it", async () => {
  const client = await Client.start({ args: ["lsp", "--stdio"] });
  await client.stop();
});

test("exit without shutdown: 1", async () => {
  const client = await Client.start();
  await client.connection.sendNotification(ExitNotification.type);
  assert.equal(await client.within(client.exited, "the end"), 1);
});

test("an editor that is gone without a word: 1", async () => {
  const client = await Client.start();
  client.hangUp();
  assert.equal(await client.within(client.exited, "the end"), 1);
});

test("an editor that is gone before it has said anything", async () => {
  const client = Client.raw();
  client.hangUp();
  assert.equal(await client.within(client.exited, "the end"), 1);
});

test("before initialize", async () => {
  const client = Client.raw();
  await assert.rejects(
    client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: "file:///x.tf" },
      position: { line: 0, character: 0 },
    }),
    failsWith(-32002),
  );
  await client.connection.sendNotification("textDocument/didOpen", { textDocument: { uri: "file:///x.tf" } });
  await client.initialize();
  await assert.rejects(
    client.connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} }),
    failsWith(-32600),
  );
  await client.stop();
});

test("after shutdown", async () => {
  const client = await Client.start();
  await client.connection.sendRequest(ShutdownRequest.type);
  await assert.rejects(
    client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: "file:///x.tf" },
      position: { line: 0, character: 0 },
    }),
    failsWith(-32600),
  );
  await client.connection.sendNotification(ExitNotification.type);
  assert.equal(await client.within(client.exited, "the end"), 0);
});

test("what nobody knows, and what makes no sense", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [root] });
  await assert.rejects(client.connection.sendRequest("lintel/unheardOf", {}), failsWith(-32601));
  await assert.rejects(client.connection.sendRequest("$/unheardOf", {}), failsWith(-32601));
  await client.connection.sendNotification("$/unheardOf", {});
  await client.connection.sendNotification("lintel/unheardOf", {});
  await assert.rejects(client.connection.sendRequest("textDocument/hover", { textDocument: 7 }), failsWith(-32602));
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: "file:///never/opened.tf", version: 3 },
    contentChanges: [{ text: "x" }],
  });
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: "file:///never.tf" } });
  await client.connection.sendNotification("textDocument/didOpen", { textDocument: null });
  const file = path.join(root, "main.tf");
  await client.open(file, template("terraform/main.tf"));
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: uri(file), version: 2 },
    contentChanges: [{ range: { start: { line: 900, character: 0 }, end: { line: 100, character: 9 } }, text: "" }],
  });
  await client.change(file, template("terraform/main.tf"));
  await client.change(file, template("terraform/main.tf"));
  await client.finding(file, rule, '"NONE"');
  await client.stop();
});

test("requests that are taken back", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [root] });
  const file = path.join(root, "main.tf");
  await client.open(file, template("terraform/main.tf"));
  const found = await client.finding(file, rule, '"NONE"');
  const answers: Promise<unknown>[] = [];
  for (let i = 0; i < 100; i++) {
    const source = new CancellationTokenSource();
    const document = { textDocument: { uri: uri(file) } };
    answers.push(
      client.connection
        .sendRequest(HoverRequest.type, { ...document, position: found.range.start }, source.token)
        .catch((e: { code: number }) => e.code),
      client.connection
        .sendRequest(
          CodeActionRequest.type,
          { ...document, range: found.range, context: { diagnostics: [found] } },
          source.token,
        )
        .catch((e: { code: number }) => e.code),
    );
    if (i % 2 === 0) {
      source.cancel();
    }
  }
  const all = await client.within(Promise.all(answers), "an answer to each of them");
  for (const answer of all) {
    assert.ok(answer !== null && (typeof answer === "object" || answer === -32800), JSON.stringify(answer));
  }
  assert.ok(all.includes(-32800), "none was taken back");
  assert.ok(all.some((answer) => typeof answer === "object"));
  await client.stop();
});

test("an end in the middle of work", async () => {
  const root = folder({ "main.tf": template("terraform/main.tf") });
  const client = await Client.start({ folders: [root] });
  const file = path.join(root, "main.tf");
  await client.open(file, template("terraform/main.tf"));
  for (let i = 0; i < 20; i++) {
    await client.change(file, template("terraform/main.tf") + "#".repeat(i));
  }
  await client.stop();
});

test("bytes that are no message do not end it", async () => {
  const client = Client.raw();
  client.write("Content-Length: x\r\n\r\n");
  client.write("Content-Length: 3\r\n\r\n{{{");
  client.write('Content-Length: 4\r\n\r\n"é"');
  await client.initialize();
  await client.stop();
});
