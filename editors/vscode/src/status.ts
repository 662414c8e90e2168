// The status bar.

/** State of the server. */
export type State =
  | { kind: "starting" }
  | { kind: "ready"; findings: number }
  | { kind: "stopped" }
  | { kind: "missing"; why: string }
  | { kind: "failed"; why: string };

/** Presentation of a state. */
export interface Look {
  text: string;
  tooltip: string;
  /** Command of a click. */
  command: string;
  /** Whether the user must act. */
  warning: boolean;
}

/** Returns the presentation of a state. */
export function look(state: State): Look {
  switch (state.kind) {
    case "starting":
      return { text: "$(sync~spin) lintel", tooltip: "lintel is starting", command: "lintel.showOutput", warning: false };
    case "ready":
      return {
        text: state.findings === 0 ? "$(check) lintel" : `$(law) lintel ${state.findings}`,
        tooltip: `lintel: ${count(state.findings)} in the checked files. Click to show them.`,
        command: "workbench.actions.view.problems",
        warning: false,
      };
    case "stopped":
      return {
        text: "$(debug-stop) lintel",
        tooltip: "lintel has stopped. Click to restart it.",
        command: "lintel.restart",
        warning: true,
      };
    case "missing":
      return {
        text: "$(warning) lintel not found",
        tooltip: `${state.why} Click to show the setup instructions.`,
        command: "lintel.help",
        warning: true,
      };
    case "failed":
      return {
        text: "$(error) lintel",
        tooltip: `lintel could not be started: ${state.why} Click to show the output.`,
        command: "lintel.showOutput",
        warning: true,
      };
  }
}

function count(findings: number): string {
  return findings === 1 ? "1 finding" : `${findings} findings`;
}

/** Counts findings over all files. */
export class Counts {
  private readonly files = new Map<string, number>();

  /** Sets the number of findings of a file. */
  set(file: string, findings: number): void {
    if (findings === 0) {
      this.files.delete(file);
    } else {
      this.files.set(file, findings);
    }
  }

  get total(): number {
    let sum = 0;
    for (const n of this.files.values()) {
      sum += n;
    }
    return sum;
  }
}
