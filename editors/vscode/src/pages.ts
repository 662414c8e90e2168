// Markdown pages of the server, in the preview of the editor.

import * as vscode from "vscode";

/** Commands of the server. */
export const explainRule = "lintel.explainRule";
export const listRules = "lintel.rules";

/** Most pages that are kept. */
const most = 50;

/** Documents with the last pages, by the path of their URI. */
export class Pages implements vscode.TextDocumentContentProvider {
  static readonly scheme = "lintel";
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? "";
  }

  /** Opens a page beside the editor. */
  async open(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.parse(`${Pages.scheme}:/${encodeURIComponent(title)}.md`);
    this.texts.delete(uri.path);
    this.texts.set(uri.path, text);
    for (const path of [...this.texts.keys()].slice(0, -most)) {
      this.texts.delete(path);
    }
    this.changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }
}

/** Returns the title of the page that a command returns. */
export function titleOf(command: string, args: readonly unknown[]): string {
  const last = String(args[args.length - 1] ?? "lintel").replaceAll(/[\\/]/g, " ");
  return command === explainRule ? last : `Access of ${last}`;
}
