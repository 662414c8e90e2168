// A client of the server: vscode-languageserver-protocol and nothing of ours. Whatever the server sends is
// held against what the client has said it can take.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach } from "node:test";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  createProtocolConnection,
  Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  Range,
  type Registration,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";

const patience = 20_000; // ms; a wait ends as soon as what it waits for is there

/** The program that is tested. */
export const program = process.env["LINTEL"] ?? "";
if (program === "") {
  throw new Error("LINTEL is not set: it names the program that is to be tested");
}

/** Where the templates lie that all editors are tested with. */
export const templates = path.resolve("../testdata");

const folders: string[] = [];
process.once("exit", () => folders.forEach((root) => fs.rmSync(root, { recursive: true, force: true })));

/** Makes a folder with these files, and returns its path without links. */
export function folder(files: Record<string, string>): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "lintel-")));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  folders.push(root);
  return root;
}

/** Reads a template that all editors are tested with. */
export function template(name: string): string {
  return fs.readFileSync(path.join(templates, name), "utf8");
}

export interface Settings {
  capabilities?: ClientCapabilities;
  folders?: string[];
  options?: unknown;
  args?: string[];
}

const running = new Set<ChildProcess>();
afterEach(() => running.forEach((server) => server.kill("SIGKILL"))); // those of a test that failed

type Wait = { ready: () => boolean; done: () => void };

export class Client {
  readonly connection: ProtocolConnection;
  readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly registrations: Registration[] = [];
  /** What workspace/configuration answers. */
  configuration: unknown = {};
  result!: InitializeResult;
  readonly exited: Promise<number | null>;
  /** Everything that went wrong while nobody waited for it. */
  private readonly faults: unknown[] = [];
  private readonly texts = new Map<string, { version: number; text: string; history: Map<number, string> }>();
  private readonly waits = new Set<Wait>();
  private readonly log: string[] = [];
  private ending = false;
  private readonly process: ChildProcess;

  private constructor(private readonly capabilities: ClientCapabilities, args: string[], cwd: string) {
    this.process = spawn(program, args, { stdio: "pipe", cwd });
    running.add(this.process);
    this.exited = new Promise((resolve, reject) => {
      this.process.once("exit", (code) => {
        running.delete(this.process);
        resolve(code);
      });
      this.process.once("error", reject);
    });
    this.process.stderr?.on("data", (text) => this.log.push(`stderr: ${text}`));
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onError(([error]) => {
      if (!this.ending) {
        this.faults.push(error);
      }
    });
    this.connection.onUnhandledNotification((n) => this.faults.push(`nobody asked for ${n.method}`));
    this.listen();
    this.connection.listen();
  }

  /** Starts a server and initializes it. */
  static async start(settings: Settings = {}): Promise<Client> {
    const client = Client.raw(settings);
    await client.initialize(settings);
    return client;
  }

  /** Starts a server, and no more. */
  static raw(settings: Settings = {}): Client {
    return new Client(settings.capabilities ?? full, settings.args ?? ["lsp"], os.tmpdir());
  }

  async initialize(settings: Settings = {}): Promise<void> {
    const folders = (settings.folders ?? []).map((name) => ({ uri: uri(name), name: path.basename(name) }));
    const params: InitializeParams = {
      processId: process.pid,
      clientInfo: { name: "test" },
      rootUri: folders[0]?.uri ?? null,
      capabilities: this.capabilities,
      initializationOptions: settings.options,
      ...(this.capabilities.workspace?.workspaceFolders ? { workspaceFolders: folders } : {}),
    };
    this.result = await this.connection.sendRequest(InitializeRequest.type, params);
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  /** Ends the session as it should be, and holds that nothing was wrong. */
  async stop(): Promise<void> {
    assert.equal(await this.connection.sendRequest(ShutdownRequest.type), null);
    this.ending = true; // an answer to a question of the server may come too late for it
    await this.connection.sendNotification(ExitNotification.type);
    assert.equal(await this.within(this.exited, "the end of the server"), 0);
    this.connection.dispose();
    this.check();
  }

  /** Holds that nothing was wrong. */
  check(): void {
    assert.deepEqual(this.faults, [], this.log.join("\n"));
  }

  /** Ends a process that is not to end by itself. */
  kill(): void {
    this.process.kill("SIGKILL");
  }

  /** Closes the pipe to the server. */
  hangUp(): void {
    this.process.stdin?.end();
  }

  /** Writes bytes that need not be a message. */
  write(bytes: string): void {
    this.process.stdin?.write(bytes);
  }

  async open(file: string, text: string, version = 1, languageId = "terraform"): Promise<void> {
    this.diagnostics.delete(uri(file)); // versions start anew
    this.texts.set(uri(file), { version, text, history: new Map([[version, text]]) });
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: uri(file), languageId, version, text },
    });
  }

  /** Sends changes as they are, and notes what the text is afterwards. */
  async change(file: string, text: string, contentChanges?: TextDocumentContentChangeEvent[]): Promise<void> {
    const doc = this.texts.get(uri(file))!;
    doc.version++;
    doc.text = text;
    doc.history.set(doc.version, text);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: uri(file), version: doc.version },
      contentChanges: contentChanges ?? [{ text }],
    });
  }

  async save(file: string): Promise<void> {
    fs.writeFileSync(file, this.text(file));
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri: uri(file) } });
  }

  async close(file: string): Promise<void> {
    this.texts.delete(uri(file));
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: uri(file) } });
  }

  text(file: string): string {
    return this.texts.get(uri(file))!.text;
  }

  version(file: string): number {
    return this.texts.get(uri(file))!.version;
  }

  /** Waits until what was last published of a file is as it should be. */
  async until(file: string, what: string, ok: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    const ready = () => {
      const said = this.diagnostics.get(uri(file));
      const current = this.texts.get(uri(file))?.version;
      return said !== undefined && (current === undefined || said.version === undefined || said.version === current) && ok(said.diagnostics);
    };
    await this.await(`${what} in ${path.basename(file)}`, ready);
    return this.diagnostics.get(uri(file))!.diagnostics;
  }

  /** Waits for the one finding of a file, and holds that it underlines what it should. */
  async finding(file: string, rule: string, under: string): Promise<Diagnostic> {
    const [it] = await this.until(file, rule, (found) => found.length === 1 && found[0]?.code === rule);
    assert.equal(slice(this.text(file), it!.range, this.encoding), under);
    return it!;
  }

  async nothing(file: string): Promise<void> {
    await this.until(file, "nothing", (found) => found.length === 0);
  }

  get encoding(): string {
    return this.result.capabilities.positionEncoding ?? "utf-16";
  }

  async await(what: string, ready: () => boolean): Promise<void> {
    if (ready()) {
      return;
    }
    let wait: Wait | undefined;
    const done = new Promise<void>((resolve) => {
      wait = { ready, done: resolve };
      this.waits.add(wait);
    });
    try {
      await this.within(done, what);
    } finally {
      this.waits.delete(wait!);
    }
  }

  async within<T>(promise: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const said = JSON.stringify([...this.diagnostics.values()], null, 1);
        reject(new Error(`waited for nothing: ${what}\npublished: ${said}\n${this.log.join("\n")}`));
      }, patience);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }

  private listen(): void {
    const c = this.connection;
    c.onNotification(LogMessageNotification.type, (p) => {
      this.log.push(`log: ${p.message}`);
    });
    c.onNotification(ShowMessageNotification.type, (p) => {
      this.log.push(`message: ${p.message}`);
    });
    c.onNotification(PublishDiagnosticsNotification.type, (p) => {
      try {
        this.published(p);
      } catch (e) {
        this.faults.push(e);
      }
      this.diagnostics.set(p.uri, p);
      this.wake();
    });
    c.onRequest(RegistrationRequest.type, (p) => {
      for (const registration of p.registrations) {
        const dynamic = {
          "workspace/didChangeWatchedFiles": this.capabilities.workspace?.didChangeWatchedFiles,
          "workspace/didChangeConfiguration": this.capabilities.workspace?.didChangeConfiguration,
        }[registration.method];
        if (!dynamic?.dynamicRegistration) {
          this.faults.push(`${registration.method} is registered, which this client cannot do`);
        }
        this.registrations.push(registration);
      }
      this.wake();
    });
    c.onRequest(ConfigurationRequest.type, (p) => {
      if (!this.capabilities.workspace?.configuration) {
        this.faults.push("workspace/configuration is asked for, which this client cannot do");
      }
      return p.items.map(() => this.configuration);
    });
    c.onRequest(CodeLensRefreshRequest.type, () => {
      if (!this.capabilities.workspace?.codeLens?.refreshSupport) {
        this.faults.push("workspace/codeLens/refresh is asked for, which this client cannot do");
      }
    });
  }

  private wake(): void {
    for (const wait of this.waits) {
      if (wait.ready()) {
        wait.done();
      }
    }
  }

  /** Holds what is published against the protocol and against what the client can take. */
  private published(p: PublishDiagnosticsParams): void {
    const can = this.capabilities.textDocument?.publishDiagnostics ?? {};
    assert.ok(Array.isArray(p.diagnostics), "diagnostics are a list, also when there are none");
    if (p.version !== undefined) {
      assert.equal(typeof p.version, "number");
    }
    for (const d of p.diagnostics) {
      assert.ok(Diagnostic.is(d), `no diagnostic: ${JSON.stringify(d)}`);
      const known = ["range", "severity", "code", "source", "message"];
      if (can.codeDescriptionSupport) known.push("codeDescription");
      if (can.tagSupport) known.push("tags");
      if (can.relatedInformation) known.push("relatedInformation");
      if (can.dataSupport) known.push("data");
      assert.deepEqual(
        Object.keys(d).filter((key) => !known.includes(key)),
        [],
        "keys that this client has not said it knows",
      );
      assert.equal(d.source, "lintel");
      assert.match(String(d.code), /^[a-z0-9-]+$/);
      assert.notEqual(d.message, "");
      assert.ok(d.severity && d.severity >= 1 && d.severity <= 4);
      const text = this.texts.get(p.uri)?.history.get(p.version ?? -1);
      if (text !== undefined) {
        inside(text, d.range, this.encoding);
      }
    }
    const distinct = new Set(p.diagnostics.map((d) => JSON.stringify(d)));
    assert.equal(distinct.size, p.diagnostics.length, "the same twice");
  }
}

/** What an editor like VS Code can do. */
export const full: ClientCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "source", "source.fixAll"] } },
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
    codeLens: {},
    documentLink: { tooltipSupport: true },
  },
};

export function uri(file: string): string {
  return pathToFileURL(file).href;
}

function lines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** How many units a text has in an encoding. */
function units(text: string, encoding: string): number {
  switch (encoding) {
    case "utf-8":
      return Buffer.byteLength(text, "utf8");
    case "utf-32":
      return [...text].length;
    default:
      return text.length;
  }
}

/** Where a position is in a text, in units of JavaScript. A position that is none is an error. */
export function offset(text: string, p: Position, encoding: string): number {
  let start = 0;
  for (let line = 0; line < p.line; line++) {
    const end = text.slice(start).search(/\r\n|\n|\r/);
    assert.notEqual(end, -1, `there is no line ${p.line}`);
    start += end + (text.startsWith("\r\n", start + end) ? 2 : 1);
  }
  const line = lines(text.slice(start))[0]!;
  let at = 0;
  for (const character of line) {
    if (units(line.slice(0, at), encoding) >= p.character) {
      break;
    }
    at += character.length;
  }
  assert.equal(units(line.slice(0, at), encoding), p.character, `no character begins at ${p.line}:${p.character}`);
  return start + at;
}

/** The position of an offset. */
export function position(text: string, at: number, encoding: string): Position {
  const before = lines(text.slice(0, at));
  return { line: before.length - 1, character: units(before.at(-1)!, encoding) };
}

/** The text in a range. */
export function slice(text: string, range: Range, encoding: string): string {
  return text.slice(offset(text, range.start, encoding), offset(text, range.end, encoding));
}

/** Holds that a range is one of the text. */
export function inside(text: string, range: Range, encoding: string): void {
  assert.ok(Range.is(range));
  assert.ok(offset(text, range.start, encoding) <= offset(text, range.end, encoding), "a range ends before it begins");
}

/** The text after edits, which must not touch each other. */
export function edited(text: string, edits: TextEdit[], encoding: string): string {
  const spans = edits
    .map((e) => ({
      start: offset(text, e.range.start, encoding),
      end: offset(text, e.range.end, encoding),
      text: e.newText,
    }))
    .sort((a, b) => b.start - a.start);
  for (const [i, span] of spans.entries()) {
    assert.ok(i === 0 || span.end <= spans[i - 1]!.start, "edits overlap");
    text = text.slice(0, span.start) + span.text + text.slice(span.end);
  }
  return text;
}

/** The edits of one file, in whichever of the two forms the client has asked for. */
export function editsOf(edit: WorkspaceEdit, file: string, client: Client): TextEdit[] {
  if (edit.documentChanges) {
    assert.equal(edit.changes, undefined, "both forms at once");
    return edit.documentChanges.flatMap((change) => {
      assert.ok("textDocument" in change);
      assert.equal(change.textDocument.uri, uri(file));
      assert.equal(change.textDocument.version, client.version(file));
      return change.edits as TextEdit[];
    });
  }
  assert.deepEqual(Object.keys(edit.changes ?? {}), [uri(file)]);
  return edit.changes![uri(file)]!;
}
