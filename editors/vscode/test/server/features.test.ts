// What can be asked about an open document, and what can be set.

import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import {
  type ClientCapabilities,
  CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeLens,
  CodeLensRequest,
  Command,
  ConfigurationRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DocumentLink,
  DocumentLinkRequest,
  ExecuteCommandRequest,
  Hover,
  HoverRequest,
  MarkupContent,
  MarkupKind,
  Range,
  ShowMessageNotification,
} from "vscode-languageserver-protocol/node";
import { Client, edited, editsOf, folder, full, inside, position, slice, template, uri } from "./client";

const rule = "function-url-auth-none";

/** Starts a server with a template open, and waits for its finding. */
async function opened(
  name: "terraform/main.tf" | "sam/template.yaml",
  capabilities: ClientCapabilities = full,
): Promise<{ client: Client; file: string; found: Diagnostic; at: { textDocument: { uri: string }; range: Range } }> {
  const root = folder({ [path.basename(name)]: template(name) });
  const client = await Client.start({ capabilities, folders: [root] });
  const file = path.join(root, path.basename(name));
  await client.open(file, template(name), 1, name.startsWith("sam") ? "yaml" : "terraform");
  const found = await client.finding(file, rule, name.startsWith("sam") ? "NONE" : '"NONE"');
  return { client, file, found, at: { textDocument: { uri: uri(file) }, range: found.range } };
}

/** Holds that an object has no keys but these. */
function only(what: object, ...keys: string[]): void {
  assert.deepEqual(
    Object.keys(what).filter((key) => !keys.includes(key)),
    [],
    JSON.stringify(what),
  );
}

function without(can: ClientCapabilities, ...keys: string[]): ClientCapabilities {
  const copy = structuredClone(can);
  for (const key of keys) {
    const parts = key.split(".");
    const last = parts.pop()!;
    const owner = parts.reduce<Record<string, unknown>>(
      (o, part) => o[part] as Record<string, unknown>,
      copy as Record<string, unknown>,
    );
    assert.ok(last in owner, key);
    delete owner[last];
  }
  return copy;
}

test("capabilities name what is there", async () => {
  const client = await Client.start();
  const can = client.result.capabilities;
  assert.equal(client.result.serverInfo?.name, "lintel");
  assert.deepEqual(can.textDocumentSync, { openClose: true, change: 2, save: { includeText: false } });
  assert.ok(can.hoverProvider && can.codeLensProvider && can.documentLinkProvider);
  assert.ok(typeof can.codeActionProvider === "object" && can.codeActionProvider.resolveProvider);
  assert.ok(can.codeActionProvider.codeActionKinds?.includes("quickfix"));
  assert.ok((can.executeCommandProvider?.commands.length ?? 0) > 0);
  assert.ok(can.executeCommandProvider?.commands.every((command) => command.startsWith("lintel.")));
  assert.equal(can.workspace?.workspaceFolders?.supported, true);
  await client.stop();
});

for (const kind of [MarkupKind.Markdown, MarkupKind.PlainText]) {
  test(`hover over a finding, as ${kind}`, async () => {
    const capabilities = structuredClone(full);
    capabilities.textDocument!.hover = { contentFormat: [kind] };
    const { client, found, at } = await opened("terraform/main.tf", capabilities);
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: at.textDocument,
      position: found.range.start,
    });
    assert.ok(Hover.is(hover) && MarkupContent.is(hover.contents));
    only(hover, "contents", "range");
    only(hover.contents, "kind", "value");
    assert.equal(hover.contents.kind, kind);
    assert.match(hover.contents.value, new RegExp(rule));
    assert.match(hover.contents.value, /NONE/);
    if (hover.range) {
      inside(template("terraform/main.tf"), hover.range, client.encoding);
    }
    if (kind === MarkupKind.PlainText) {
      assert.doesNotMatch(hover.contents.value, /\*\*|^#|`/m);
    }
    await client.stop();
  });
}

test("hover over nothing, and where there is no text", async () => {
  const { client, at } = await opened("sam/template.yaml");
  const ask = (line: number, character: number) =>
    client.connection.sendRequest(HoverRequest.type, { textDocument: at.textDocument, position: { line, character } });
  assert.equal(await ask(0, 0), null);
  const beyond = await ask(1000, 1000);
  assert.ok(beyond === null || Hover.is(beyond));
  const unopened = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: "file:///nowhere/main.tf" },
    position: { line: 0, character: 0 },
  });
  assert.equal(unopened, null);
  await client.stop();
});

test("a lens over a function, and what it does", async () => {
  for (const name of ["terraform/main.tf", "sam/template.yaml"] as const) {
    const { client, at } = await opened(name);
    const messages: string[] = [];
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: at.textDocument });
    assert.ok(lenses && lenses.length > 0);
    const announced = client.result.capabilities.executeCommandProvider!.commands;
    const line = template(name).split("\n").findIndex((l) => /aws_lambda_function" "webhook|Webhook:/.test(l));
    for (const lens of lenses) {
      assert.ok(CodeLens.is(lens) && Command.is(lens.command));
      only(lens, "range", "command");
      only(lens.command, "title", "command", "arguments");
      inside(template(name), lens.range, client.encoding);
      assert.equal(lens.range.start.line, line);
      assert.equal(lens.range.end.line, line, "a lens has one line");
      assert.ok(announced.includes(lens.command.command));
      const said = await client.connection.sendRequest(ExecuteCommandRequest.type, {
        command: lens.command.command,
        arguments: lens.command.arguments ?? [],
      });
      assert.equal(typeof said, "string");
      assert.match(said, /webhook/i);
    }
    assert.ok(lenses.some((lens) => /1 high/.test(lens.command!.title)));
    assert.equal(messages.length, lenses.length, "what a lens says is shown, too");
    await client.stop();
  }
});

test("commands that there are not, and arguments that are none", async () => {
  const { client } = await opened("terraform/main.tf");
  const announced = client.result.capabilities.executeCommandProvider!.commands.filter((command) => command !== "lintel.rules"); // which takes none
  for (const [command, args] of [
    ["lintel.nothing", []],
    ["rm", ["-rf", "/"]],
    ...announced.flatMap((c) => [[c, []] as const, [c, [1, 2, 3]] as const, [c, ["file:///nowhere", "", ""]] as const]),
  ] as [string, unknown[]][]) {
    await assert.rejects(
      client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args }),
      (e: { code: number; message: string }) => e.code === -32602 && e.message !== "",
      `${command} ${JSON.stringify(args)}`,
    );
  }
  await client.stop();
});

/** The action of this title. */
async function action(
  client: Client,
  at: { textDocument: { uri: string }; range: Range },
  diagnostics: Diagnostic[],
  title: string,
  kinds?: string[],
): Promise<CodeAction | undefined> {
  const offered = await client.connection.sendRequest(CodeActionRequest.type, {
    ...at,
    context: { diagnostics, ...(kinds ? { only: kinds } : {}) },
  });
  for (const it of offered ?? []) {
    // An action may come without its edit, to be resolved.
    assert.ok("kind" in it && CodeAction.is({ edit: { changes: {} }, ...it }), JSON.stringify(it));
    only(it, "title", "kind", "diagnostics", "isPreferred", "edit", "data", "command");
  }
  return offered?.find((it): it is CodeAction => it.title === title);
}

const ignore = `Ignore ${rule} here, with a reason`;
const resolving = "textDocument.codeAction.resolveSupport";
const versions = "workspace.workspaceEdit.documentChanges";

for (const name of ["terraform/main.tf", "sam/template.yaml"] as const) {
  for (const [what, capabilities] of [
    ["computed when it is chosen", full],
    ["computed at once", without(full, resolving)],
    ["without versions", without(full, versions)],
    ["at once, without versions", without(full, resolving, versions)],
  ] as const) {
    test(`${name}: the action that ignores, ${what}`, async () => {
      const { client, file, found, at } = await opened(name, capabilities);
      let it = await action(client, at, [found], ignore);
      assert.ok(it, "it is not offered");
      assert.equal(it.kind, "quickfix");
      if (capabilities.textDocument?.codeAction?.resolveSupport) {
        assert.equal(it.edit, undefined, "computed before it is asked for");
        it = await client.connection.sendRequest(CodeActionResolveRequest.type, it);
      }
      assert.ok(it.edit);
      assert.equal("documentChanges" in it.edit, capabilities.workspace?.workspaceEdit?.documentChanges ?? false);
      const text = edited(client.text(file), editsOf(it.edit, file, client), client.encoding);
      assert.match(text, new RegExp(`^ *# lintel:ignore ${rule} -- \\S.*$`, "m"));
      assert.equal(text.replace(/^ *# lintel:ignore .*\n/m, ""), client.text(file), "something else has changed");
      await client.change(file, text);
      await client.nothing(file);
      const [link] = (await client.connection.sendRequest(DocumentLinkRequest.type, at))!;
      assert.ok(DocumentLink.is(link));
      only(link, "range", "target", "tooltip");
      assert.equal(slice(text, link.range, client.encoding), rule);
      assert.match(link.target!, /^https:\/\//);
      await client.stop();
    });
  }
}

test("which actions are offered", async () => {
  const { client, found, at } = await opened("terraform/main.tf");
  assert.ok(await action(client, at, [found], ignore, ["quickfix"]), "the kind that was asked for");
  assert.ok(await action(client, at, [], ignore), "the cursor in it, no diagnostic named");
  assert.equal(await action(client, at, [found], ignore, ["refactor"]), undefined, "another kind");
  assert.equal(await action(client, at, [found], ignore, ["quickfix.other"]), undefined, "a narrower kind");
  assert.equal(await action(client, at, [found], ignore, ["source.fixAll"]), undefined, "all fixes: it is none");
  const top = Range.create(0, 0, 0, 0);
  assert.equal(await action(client, { ...at, range: top }, [], ignore), undefined, "the cursor elsewhere");
  const foreign: Diagnostic = { range: found.range, message: "x", source: "other", code: "x" };
  assert.equal(await action(client, at, [foreign], ignore), undefined, "the finding of somebody else");
  await client.stop();
});

test("a diagnostic as Neovim before 0.10 sends it back: places in bytes, without data", async () => {
  const { client, found, at } = await opened(
    "terraform/main.tf",
    without(full, "textDocument.publishDiagnostics.dataSupport"),
  );
  const text = template("terraform/main.tf");
  const bytes = (p: Diagnostic["range"]["start"]) => {
    const line = text.split("\n")[p.line]!;
    return { line: p.line, character: Buffer.byteLength(line.slice(0, p.character)) };
  };
  const shifted = { ...found, range: { start: bytes(found.range.start), end: bytes(found.range.end) } };
  assert.notDeepEqual(shifted.range, found.range);
  assert.ok(await action(client, at, [shifted], ignore), "it is not offered");
  await client.stop();
});

test("a client that knows commands only gets no literals", async () => {
  const { client, found, at } = await opened(
    "terraform/main.tf",
    without(full, "textDocument.codeAction.codeActionLiteralSupport"),
  );
  const offered = await client.connection.sendRequest(CodeActionRequest.type, {
    ...at,
    context: { diagnostics: [found] },
  });
  for (const it of offered ?? []) {
    assert.ok(Command.is(it));
  }
  await client.stop();
});

for (const before of ["# one line\n", "locals {\n  a = 1\n}\n\n"]) {
  const n = before.split("\n").length - 1;
  test(`an action that was offered for a text that is now ${n} lower does no harm`, async () => {
    const { client, file, found, at } = await opened("terraform/main.tf");
    const it = await action(client, at, [found], ignore);
    assert.ok(it);
    const start = position(client.text(file), 0, client.encoding);
    await client.change(file, before + client.text(file), [{ range: { start, end: start }, text: before }]);
    let resolved: CodeAction;
    try {
      resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, it);
    } catch (e) {
      assert.equal((e as { code: number }).code, -32801, "content modified");
      await client.stop();
      return;
    }
    await client.finding(file, rule, '"NONE"');
    const text = edited(client.text(file), editsOf(resolved.edit!, file, client), client.encoding);
    await client.change(file, text);
    await client.nothing(file);
    await client.stop();
  });
}

for (const what of ["named", "at the cursor"]) {
  test(`an action that is asked for right after a change, for a finding ${what}`, async () => {
    const { client, file, found, at } = await opened("terraform/main.tf", without(full, resolving));
    const start = { line: 0, character: 0 };
    const before = "# one line\n";
    await client.change(file, before + client.text(file), [{ range: { start, end: start }, text: before }]);
    const below = (p: Range["start"]) => ({ line: p.line + 1, character: p.character });
    const range = { start: below(found.range.start), end: below(found.range.end) };
    const it = await action(client, { ...at, range }, what === "named" ? [{ ...found, range }] : [], ignore);
    if (it) {
      // It may be too early to offer one, but not to offer one for another place.
      await client.change(file, edited(client.text(file), editsOf(it.edit!, file, client), client.encoding));
      await client.nothing(file);
    }
    await client.stop();
  });
}

test("an action that is none of ours", async () => {
  const { client, at } = await opened("terraform/main.tf");
  for (const data of [undefined, null, 1, {}, { do: "x" }, { do: "ignore", uri: "file:///nowhere.tf", range: at.range }]) {
    await assert.rejects(
      client.connection.sendRequest(CodeActionResolveRequest.type, { title: "x", data }),
      (e: { code: number }) => [-32602, -32801].includes(e.code),
      JSON.stringify(data),
    );
  }
  await client.stop();
});

test("settings: with the start, asked for, changed", async () => {
  const text = template("terraform/main.tf");
  const root = folder({ "main.tf": text, "ci/lintel.yaml": `skip: [${rule}]\n` });
  const file = path.join(root, "main.tf");
  const strict = (found: Diagnostic[]) => found.some((d) => d.code === "tracing-disabled");

  // A client that is not asked: what it gives with the start, and what it sends later.
  const push = await Client.start({
    capabilities: without(full, "workspace.configuration"),
    folders: [root],
    options: { profile: "all" },
  });
  await push.open(file, text);
  await push.until(file, "the findings of profile all", strict);
  const send = (lintel: unknown) =>
    push.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { lintel } });
  await send({ profile: "default" });
  await push.finding(file, rule, '"NONE"');
  await send({ profile: "default", config: "ci/lintel.yaml" });
  await push.nothing(file);
  await send({ profile: "", config: "", path: "/opt/lintel", trace: { server: "off" } }); // as VS Code sends it
  await push.finding(file, rule, '"NONE"');
  await push.stop();

  // A client that is asked.
  const pull = Client.raw({ folders: [root] });
  pull.configuration = { profile: "all" };
  await pull.initialize({ folders: [root], options: { profile: "default" } });
  await pull.open(file, text);
  await pull.until(file, "the findings of profile all", strict);
  pull.configuration = { profile: "" };
  await pull.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await pull.finding(file, rule, '"NONE"');
  await pull.stop();
});

for (const nothing of [null, {}]) {
  test(`what came with the start stays where the client has ${JSON.stringify(nothing)} to add`, async () => {
    const root = folder({ "main.tf": template("terraform/main.tf") });
    const client = Client.raw({ folders: [root] });
    let asked = () => {};
    const answered = new Promise<void>((resolve) => (asked = resolve));
    client.connection.onRequest(ConfigurationRequest.type, () => {
      setImmediate(asked);
      return [nothing];
    });
    await client.initialize({ folders: [root], options: { profile: "all" } });
    await client.within(answered, "a question for settings");
    const file = path.join(root, "main.tf");
    await client.open(file, template("terraform/main.tf"));
    const found = await client.until(file, "findings", (all) => all.length > 0);
    assert.ok(found.length > 1, "the profile is forgotten");
    await client.stop();
  });
}

test("a setting that is wrong is said", async () => {
  const client = Client.raw({ capabilities: without(full, "workspace.configuration") });
  const messages: string[] = [];
  client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    messages.push(message);
    heard();
  });
  let heard = () => {};
  const said = new Promise<void>((resolve) => (heard = resolve));
  await client.initialize({ options: { profile: "paranoid" } });
  await client.within(said, "a message about the profile");
  assert.match(messages.join(), /lintel\.profile is "paranoid"; it must be default, strict or all/);
  await client.stop();
});
