// The extension starts `lintel lsp` and shows its state in the status bar.

import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import { CloseAction, LanguageClient, type LanguageClientOptions, State as ClientState } from "vscode-languageclient/node";
import { find, type Machine, type Wish } from "./binary";
import { explainRule, listRules, Pages, titleOf } from "./pages";
import { Counts, look, type State } from "./status";

const languages = [
  "terraform",
  "terraform-vars",
  "opentofu",
  "opentofu-vars",
  "yaml",
  "json",
  "jsonc",
  "cloudformation",
  "template",
  // the code of functions
  "python",
  "javascript",
  "javascriptreact",
  "typescript",
  "typescriptreact",
  "go",
];

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const mine = new Session(context);
  session = mine;
  context.subscriptions.push(
    vscode.commands.registerCommand("lintel.restart", () => mine.restart()),
    vscode.commands.registerCommand("lintel.fixAll", fixAll),
    vscode.commands.registerCommand("lintel.showOutput", () => mine.output.show()),
    vscode.commands.registerCommand("lintel.explain", (rule?: unknown) => mine.explain(rule)),
    vscode.workspace.registerTextDocumentContentProvider(Pages.scheme, mine.pages),
    vscode.languages.onDidChangeDiagnostics((change) => mine.count(change.uris)),
    vscode.commands.registerCommand("lintel.help", () => help(context)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => mine.restart()),
    vscode.workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration("lintel.path") ? mine.restart() : undefined,
    ),
  );
  await mine.restart();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
  session = undefined;
}

/** A client that can be stopped at any time, also after a failed initialization, when it has already stopped itself. */
class Client extends LanguageClient {
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } catch (e) {
      this.outputChannel.appendLine(`the server was not running: ${e}`);
    }
  }
}

/** One server at a time, and its state in the status bar. */
class Session {
  readonly output = vscode.window.createOutputChannel("lintel", { log: true });
  private readonly item = vscode.window.createStatusBarItem("lintel", vscode.StatusBarAlignment.Right, 50);
  readonly pages = new Pages();
  private client: Client | undefined;
  private counts = new Counts();
  private ready = false;
  private last: Promise<void> = Promise.resolve();

  constructor(context: vscode.ExtensionContext) {
    this.item.name = "lintel";
    context.subscriptions.push(this.output, this.item);
  }

  /** Starts the server after all earlier requests have ended. */
  restart(): Promise<void> {
    return this.queue(async () => {
      await this.end();
      await this.start();
    });
  }

  stop(): Promise<void> {
    return this.queue(() => this.end());
  }

  /** Shows the page of a rule: the named one, that of the finding at the cursor, or one that the user chooses. */
  async explain(rule: unknown): Promise<void> {
    const id = typeof rule === "string" ? rule : (ruleAtCursor() ?? (await this.choose()));
    if (id !== undefined) {
      await this.run(explainRule, id); // the middleware shows it
    }
  }

  private async choose(): Promise<string | undefined> {
    const rules = (await this.run(listRules)) as { id: string; title: string; severity: string; profile: string }[] | undefined;
    const items = (rules ?? []).map((r) => ({ label: r.id, description: `${r.severity}, ${r.profile}`, detail: r.title }));
    const picked = await vscode.window.showQuickPick(items, {
      title: "Explain a rule of lintel",
      matchOnDetail: true,
    });
    return picked?.label;
  }

  private async run(command: string, ...args: unknown[]): Promise<unknown> {
    if (!this.ready) {
      void vscode.window.showWarningMessage("lintel is not running.");
      return undefined;
    }
    return vscode.commands.executeCommand(command, ...args);
  }

  /** Counts the findings of files. */
  count(uris: readonly vscode.Uri[]): void {
    for (const uri of uris) {
      this.counts.set(uri.toString(), vscode.languages.getDiagnostics(uri).filter((d) => d.source === "lintel").length);
    }
    if (this.ready) {
      this.show({ kind: "ready", findings: this.counts.total });
    }
  }

  private queue(job: () => Promise<void>): Promise<void> {
    this.last = this.last.then(job, job);
    return this.last;
  }

  private async start(): Promise<void> {
    const found = find(wish(), machine());
    if ("missing" in found) {
      this.output.warn(found.missing);
      this.show({ kind: "missing", why: found.missing });
      return;
    }
    this.output.info(`starting ${found.file} lsp`);
    this.show({ kind: "starting" });
    const client = this.create(found.file);
    this.client = client;
    try {
      await client.start();
    } catch (e) {
      this.client = undefined;
      const why = e instanceof Error ? e.message : String(e);
      this.output.error(why);
      this.show({ kind: "failed", why });
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.ready = false;
    try {
      await client?.dispose();
    } catch (e) {
      this.output.warn(`the server did not stop cleanly: ${e}`);
    }
  }

  private create(file: string): Client {
    let ran = false;
    const options: LanguageClientOptions = {
      documentSelector: [
        ...languages.map((language) => ({ scheme: "file", language })),
        { scheme: "file", pattern: "**/*.{tf,tofu,tfvars,template}" },
      ],
      outputChannel: this.output,
      diagnosticPullOptions: { onChange: true, onSave: true },
      initializationOptions: preferences(),
      initializationFailedHandler: () => false, // start reports the reason
      errorHandler: {
        error: (...args) => restarts.error(...args),
        // A program that never answered is not a server, or an older lintel: another attempt would fail as well.
        closed: () => (ran ? restarts.closed() : { action: CloseAction.DoNotRestart, handled: true }),
      },
      middleware: {
        executeCommand: async (command, args, next) => {
          const result: unknown = await next(command, args);
          if (typeof result === "string") {
            await this.pages.open(titleOf(command, args), result);
          }
          return result;
        },
        provideCompletionItem: async (document, position, context, token, next) => {
          const result = await next(document, position, context, token);
          return hasSchema(document) ? rulesOf(result) : result;
        },
      },
    };
    const client = new Client("lintel", "lintel", { command: file, args: ["lsp"] }, options);
    const restarts = client.createDefaultErrorHandler(); // gives up after too many restarts
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) {
        return; // it was stopped
      }
      this.ready = false;
      if (newState === ClientState.Running) {
        ran = true;
        this.ready = true;
        this.show({ kind: "ready", findings: this.counts.total });
      } else if (newState === ClientState.Stopped) {
        this.show({ kind: "stopped" });
      } else {
        this.show({ kind: "starting" });
      }
    });
    return client;
  }

  private show(state: State): void {
    const as = look(state);
    this.item.text = as.text;
    this.item.tooltip = as.tooltip;
    this.item.command = as.command;
    this.item.backgroundColor = as.warning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.show();
  }
}

/** The rule of the finding at the cursor. */
function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return undefined;
  }
  const at = editor.selection.active;
  const it = vscode.languages.getDiagnostics(editor.document.uri).find((d) => d.source === "lintel" && d.range.contains(at));
  const code = typeof it?.code === "object" ? it.code.value : it?.code;
  return code === undefined ? undefined : String(code);
}

/** Reports whether another extension completes the document with the schema of this extension. */
function hasSchema(document: vscode.TextDocument): boolean {
  return /[\\/]\.lintel\.ya?ml$/.test(document.fileName) && vscode.extensions.getExtension("redhat.vscode-yaml") !== undefined;
}

/** Leaves out what the schema contains: keys and their values. */
function rulesOf<T extends vscode.CompletionItem[] | vscode.CompletionList | null | undefined>(result: T): T {
  const isRule = (item: vscode.CompletionItem) => item.kind === vscode.CompletionItemKind.Value;
  if (Array.isArray(result)) {
    return result.filter(isRule) as T;
  }
  if (result) {
    result.items = result.items.filter(isRule);
  }
  return result;
}

function fixAll(): Thenable<unknown> {
  return vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.lintel", apply: "first" });
}

function help(context: vscode.ExtensionContext): Thenable<unknown> {
  return vscode.commands.executeCommand("extension.open", context.extension.id); // its page shows the readme
}

/** The initial settings. The server requests the others, for each folder. */
function preferences(): { profile: string; config: string; showsMarkdown: boolean } {
  const settings = vscode.workspace.getConfiguration("lintel");
  return { profile: settings.get("profile", ""), config: settings.get("config", ""), showsMarkdown: true };
}

function wish(): Wish {
  const said = vscode.workspace.getConfiguration("lintel").inspect<string>("path");
  return {
    user: said?.globalValue ?? "",
    workspace: said?.workspaceFolderValue ?? said?.workspaceValue ?? "",
    trusted: vscode.workspace.isTrusted,
    folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
  };
}

function machine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home: os.homedir(),
    executable: (file) => {
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
      } catch {
        return false;
      }
    },
    real: (file) => {
      try {
        return fs.realpathSync.native(file);
      } catch {
        return file;
      }
    },
  };
}
