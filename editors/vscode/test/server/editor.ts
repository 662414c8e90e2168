// As much of VS Code's API as the extension and its client package use, for a process that is not VS Code.
// What it does not know is a class without members or a function that does nothing, as far as the client
// package registers for features that lintel does not have.

import * as fs from "node:fs";
import Module from "node:module";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as vscode from "vscode";

type Listener<T> = (event: T) => unknown;

class Emitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>, self?: unknown) => {
    const bound = listener.bind(self);
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  async fire(event: T): Promise<void> {
    await Promise.all([...this.listeners].map((listener) => listener(event)));
  }
  dispose(): void {
    this.listeners.clear();
  }
}

class Disposable {
  constructor(readonly dispose: () => unknown) {}
  static from = (...all: { dispose(): unknown }[]) => new Disposable(() => all.forEach((one) => one.dispose()));
}

/** The input of a tab with a document. */
class TabInputText {
  constructor(readonly uri: Uri) {}
}

class Uri {
  private constructor(readonly href: string) {}
  static parse = (href: string) => new Uri(href);
  static file = (file: string) => new Uri(pathToFileURL(file).href);
  static joinPath = (base: Uri, ...parts: string[]) => Uri.file(path.join(base.fsPath, ...parts));
  get scheme(): string {
    return new URL(this.href).protocol.slice(0, -1);
  }
  get fsPath(): string {
    return fileURLToPath(this.href);
  }
  get path(): string {
    return this.fsPath;
  }
  toString(): string {
    return this.href;
  }
}

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(line: number | Position, character: number | Position, endLine?: number, endCharacter?: number) {
    this.start = typeof line === "object" ? line : new Position(line, character as number);
    this.end = typeof character === "object" ? character : new Position(endLine!, endCharacter!);
  }
}

class Diagnostic {
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

class CancellationTokenSource {
  private readonly emitter = new Emitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel(): void {
    this.token.isCancellationRequested = true;
    void this.emitter.fire();
  }
  dispose(): void {}
}

class ThemeColor {
  constructor(readonly id: string) {}
}

/** A document with one text at a time. */
class Document {
  version = 1;
  isDirty = false;
  readonly isClosed = false;
  constructor(
    readonly uri: Uri,
    readonly languageId: string,
    private text: string,
  ) {}
  getText(): string {
    return this.text;
  }
  set(text: string): void {
    this.text = text;
    this.version++;
  }
  get fileName(): string {
    return this.uri.fsPath;
  }
}

/** The settings that somebody has made, by who made them. */
export interface Settings {
  user?: Record<string, unknown>;
  workspace?: Record<string, unknown>;
}

/** One window. */
export class Editor {
  readonly diagnostics = new Map<string, vscode.Diagnostic[]>();
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  /** Commands of VS Code itself that were run. */
  readonly ran: unknown[][] = [];
  readonly status = { text: "", tooltip: "", command: "", shown: false, backgroundColor: undefined as unknown };
  readonly output: string[] = [];
  readonly subscriptions: { dispose(): unknown }[] = [];
  trusted = true;
  private readonly documents: Document[] = [];
  private readonly opened = new Emitter<Document>();
  private readonly changed = new Emitter<unknown>();
  private readonly closed = new Emitter<Document>();
  private readonly configured = new Emitter<{ affectsConfiguration(section: string): boolean }>();
  private readonly granted = new Emitter<void>();
  private readonly updates = new Emitter<void>();
  private readonly tabs = new Emitter<{ opened: unknown[]; closed: unknown[]; changed: unknown[] }>();
  private readonly diagnosed = new Emitter<{ uris: Uri[] }>();
  private readonly collections = new Set<Map<string, vscode.Diagnostic[]>>();

  constructor(
    private readonly folder: string,
    readonly settings: Settings = {},
  ) {}

  /** Loads the bundled extension, with this window as its editor, and activates it. */
  async activate(bundle: string): Promise<{ deactivate(): Promise<void> }> {
    const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
    const load = loader._load;
    const api = this.api(new Set(fs.readFileSync(bundle, "utf8").match(/\b[A-Z]\w+\b/g)));
    loader._load = (request, ...rest) => (request === "vscode" ? api : load.call(loader, request, ...rest));
    try {
      delete require.cache[bundle];
      const extension = require(bundle);
      await extension.activate({
        subscriptions: this.subscriptions,
        extensionUri: Uri.file(path.dirname(path.dirname(bundle))),
        extension: { id: "lintel.lintel" },
      });
      return extension;
    } finally {
      loader._load = load;
    }
  }

  async open(file: string, languageId: string, text: string): Promise<void> {
    const document = new Document(Uri.file(file), languageId, text);
    this.documents.push(document);
    await this.tabs.fire({ opened: [document], closed: [], changed: [] });
    await this.opened.fire(document);
  }

  async change(file: string, text: string): Promise<void> {
    const document = this.documents.find((d) => d.fileName === file)!;
    const lines = document.getText().split("\n");
    const range = new Range(0, 0, lines.length - 1, lines.at(-1)!.length);
    document.set(text);
    await this.changed.fire({ document, contentChanges: [{ range, rangeOffset: 0, rangeLength: 0, text }], reason: undefined });
  }

  async configure(settings: Settings): Promise<void> {
    Object.assign(this.settings, settings);
    await this.configured.fire({ affectsConfiguration: (section) => "lintel.path".startsWith(section) });
  }

  async trust(): Promise<void> {
    this.trusted = true;
    await this.granted.fire();
  }

  found(file: string): vscode.Diagnostic[] {
    return this.diagnostics.get(Uri.file(file).toString()) ?? [];
  }

  run(command: string): unknown {
    return this.commands.get(command)!();
  }

  /** Waits for something that is seen in this window. */
  async until(what: string, ready: () => boolean): Promise<void> {
    let stop: () => void = () => {};
    let timer: NodeJS.Timeout | undefined;
    const seen = new Promise<void>((resolve, reject) => {
      const look = () => ready() && resolve();
      stop = this.updates.event(look).dispose as () => void;
      timer = setTimeout(
        () => reject(new Error(`waited for nothing: ${what}\n${JSON.stringify(this.status)}\n${this.output.join("\n")}`)),
        20_000,
      );
      look();
    });
    await seen.finally(() => {
      stop();
      clearTimeout(timer);
    });
  }

  /** A collection of diagnostics: those of a file are the ones of all collections. */
  private collection(): object {
    const own = new Map<string, vscode.Diagnostic[]>();
    this.collections.add(own);
    const changed = (uris: string[]) => {
      for (const uri of uris) {
        this.diagnostics.set(uri, [...this.collections].flatMap((c) => c.get(uri) ?? []));
      }
      void this.diagnosed.fire({ uris: uris.map(Uri.parse) });
      void this.updates.fire();
    };
    const clear = () => {
      const uris = [...own.keys()];
      own.clear();
      changed(uris);
    };
    return {
      set: (uri: Uri, all: vscode.Diagnostic[]) => {
        own.set(uri.toString(), all);
        changed([uri.toString()]);
      },
      has: (uri: Uri) => own.has(uri.toString()),
      delete: (uri: Uri) => own.delete(uri.toString()) && changed([uri.toString()]),
      clear,
      dispose: clear,
    };
  }

  private value(key: string): unknown {
    return this.settings.workspace?.[key] ?? this.settings.user?.[key];
  }

  /** What require("vscode") returns; names are those that may be asked for, and may be of classes. */
  private api(names: Set<string>): object {
    const nothing = () => new Disposable(() => {});
    const log = (text: unknown) => void this.output.push(String(text));
    const channel = {
      name: "lintel",
      append: log,
      appendLine: log,
      trace: log,
      debug: log,
      info: log,
      warn: log,
      error: log,
      show: nothing,
      dispose: () => {},
      logLevel: 3,
      onDidChangeLogLevel: nothing,
    };
    const folder = { uri: Uri.file(this.folder), name: path.basename(this.folder), index: 0 };
    const editor = this;
    const known = {
      Uri,
      Position,
      Range,
      Diagnostic,
      Disposable,
      EventEmitter: Emitter,
      CancellationTokenSource,
      ThemeColor,
      TabInputText,
      StatusBarAlignment: { Left: 1, Right: 2 },
      DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
      version: "1.91.0",
      env: { language: "en", appName: "test" },
      l10n: { t: (text: string) => text },
      workspace: lenient({
        get isTrusted() {
          return editor.trusted;
        },
        textDocuments: this.documents,
        notebookDocuments: [],
        workspaceFolders: [folder],
        getWorkspaceFolder: () => folder,
        onDidOpenTextDocument: this.opened.event,
        onDidChangeTextDocument: this.changed.event,
        onDidCloseTextDocument: this.closed.event,
        onDidChangeConfiguration: this.configured.event,
        onDidGrantWorkspaceTrust: this.granted.event,
        createFileSystemWatcher: () => ({
          onDidCreate: nothing,
          onDidChange: nothing,
          onDidDelete: nothing,
          dispose: () => {},
        }),
        getConfiguration: (section = "") => {
          const name = (key: string) => (section ? `${section}.${key}` : key);
          return {
            get: (key: string, otherwise?: unknown) =>
              this.value(name(key)) ?? (key === section || section === "" ? this.all(key) : undefined) ?? otherwise,
            has: (key: string) => this.value(name(key)) !== undefined,
            inspect: (key: string) => ({
              globalValue: this.settings.user?.[name(key)],
              workspaceValue: this.settings.workspace?.[name(key)],
            }),
          };
        },
      }),
      window: lenient({
        visibleTextEditors: [],
        activeTextEditor: undefined,
        tabGroups: {
          get all() {
            return [{ tabs: editor.documents.map((document) => ({ input: new TabInputText(document.uri) })) }];
          },
          onDidChangeTabs: this.tabs.event,
          onDidChangeTabGroups: nothing,
        },
        createOutputChannel: () => channel,
        createStatusBarItem: () =>
          Object.assign(this.status, {
            show: () => {
              this.status.shown = true;
              void this.updates.fire();
            },
            dispose: () => {},
          }),
        showErrorMessage: async (text: string) => log(text),
        showWarningMessage: async (text: string) => log(text),
        showInformationMessage: async (text: string) => log(text),
        withProgress: (_: unknown, task: (progress: unknown, token: unknown) => unknown) =>
          task({ report: () => {} }, new CancellationTokenSource().token),
      }),
      languages: lenient({
        // A filter fits by its language; patterns are of no interest here.
        match: (filters: { language?: string }[], document: Document) =>
          [filters].flat().some((filter) => filter.language === document.languageId) ? 10 : 0,
        createDiagnosticCollection: () => this.collection(),
        getDiagnostics: (uri: Uri) => this.diagnostics.get(uri.toString()) ?? [],
        onDidChangeDiagnostics: this.diagnosed.event,
      }),
      commands: {
        registerCommand: (name: string, run: (...args: unknown[]) => unknown) => {
          if (this.commands.has(name)) {
            throw new Error(`command '${name}' already exists`); // as VS Code does
          }
          this.commands.set(name, run);
          return new Disposable(() => this.commands.delete(name));
        },
        executeCommand: async (...args: unknown[]) => void this.ran.push(args),
      },
    };
    return { ...Object.fromEntries([...names].map((name) => [name, class extends Nothing {}])), ...known };
  }

  /** All settings of a section as an object, as workspace/configuration is answered with. */
  private all(section: string): unknown {
    const found: Record<string, unknown> = {};
    for (const [key, value] of Object.entries({ ...this.settings.user, ...this.settings.workspace })) {
      if (key.startsWith(`${section}.`)) {
        found[key.slice(section.length + 1)] = value;
      }
    }
    return Object.keys(found).length > 0 ? found : undefined;
  }
}

class Nothing {
  static readonly Empty = new Nothing();
  static append(): Nothing {
    return new Nothing();
  }
  append(): Nothing {
    return this;
  }
}

/** An object in which what is not there is a function that registers nothing. */
function lenient<T extends object>(known: T): T {
  return new Proxy(known, {
    get: (all, name) =>
      name in all ? Reflect.get(all, name) : /^(on|register)[A-Z]/.test(String(name)) ? () => new Disposable(() => {}) : undefined,
  });
}
