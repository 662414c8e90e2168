// Where the program is. It is never downloaded, and never taken from the folder that is open unless the
// user's own settings name it: whoever clones a repository must not run what lies in it.

import * as path from "node:path";

/** What there is to know of the machine. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Whether this is a file that may be run. */
  executable(file: string): boolean;
  /** The path with its links followed; the path itself when there is nothing. */
  real(file: string): string;
}

/** What the settings and the workspace say. */
export interface Wish {
  /** `lintel.path` of the user's settings; "" when it is not set. */
  user: string;
  /** `lintel.path` of the workspace's settings; "" when it is not set. */
  workspace: string;
  trusted: boolean;
  /** Folders that are open. */
  folders: readonly string[];
}

/** The program, or why there is none, for a person to read. */
export type Found = { file: string } | { missing: string };

/** Finds the program: the workspace's setting if it is to be trusted, the user's setting, the PATH. */
export function find(wish: Wish, machine: Machine): Found {
  if (wish.workspace !== "" && wish.trusted) {
    const file = expand(wish.workspace, machine);
    if (within(file, wish.folders, machine)) {
      return {
        missing: `lintel.path of this workspace is ${file}, which lies in the workspace itself. Set lintel.path in your user settings if you want to run it.`,
      };
    }
    return named(file, "this workspace", machine);
  }
  if (wish.user !== "") {
    return named(expand(wish.user, machine), "your user settings", machine);
  }
  return onPath(wish.folders, machine);
}

function named(file: string, where: string, machine: Machine): Found {
  if (!paths(machine).isAbsolute(file)) {
    return { missing: `lintel.path of ${where} is ${file}, which is not an absolute path.` };
  }
  if (!machine.executable(file)) {
    return { missing: `lintel.path of ${where} is ${file}, which is not a program.` };
  }
  return { file };
}

function onPath(folders: readonly string[], machine: Machine): Found {
  const p = paths(machine);
  for (const entry of variable("PATH", machine).split(p.delimiter)) {
    const folder = machine.platform === "win32" ? entry.replace(/^"(.*)"$/, "$1") : entry;
    if (!p.isAbsolute(folder)) {
      continue; // "", "." and the like: wherever the editor was started, so perhaps in a repository
    }
    for (const ending of endings(machine)) {
      const file = p.join(folder, "lintel" + ending);
      if (machine.executable(file) && !within(file, folders, machine)) {
        return { file };
      }
    }
  }
  return { missing: "There is no lintel on the PATH, and lintel.path is not set." };
}

/** Scripts (.bat, .cmd) cannot be started without a shell, which would read the arguments anew. */
function endings(machine: Machine): string[] {
  if (machine.platform !== "win32") {
    return [""];
  }
  const listed = (variable("PATHEXT", machine) || ".COM;.EXE").toLowerCase().split(";");
  return listed.filter((ending) => ending === ".exe" || ending === ".com");
}

function variable(name: string, machine: Machine): string {
  if (machine.platform !== "win32") {
    return machine.env[name] ?? "";
  }
  const key = Object.keys(machine.env).find((k) => k.toUpperCase() === name);
  return (key && machine.env[key]) || "";
}

function expand(file: string, machine: Machine): string {
  return /^~[\\/]/.test(file) ? paths(machine).join(machine.home, file.slice(2)) : file;
}

/** Whether the file lies in one of the folders, by its name or by where its folder really is. */
function within(file: string, folders: readonly string[], machine: Machine): boolean {
  const p = paths(machine);
  const candidates = [p.normalize(file), p.join(machine.real(p.dirname(file)), p.basename(file)), machine.real(file)];
  return folders.some((folder) =>
    [folder, machine.real(folder)].some((root) =>
      candidates.some((candidate) => {
        const rest = p.relative(root, candidate);
        return rest === "" || (!p.isAbsolute(rest) && rest !== ".." && !rest.startsWith(".." + p.sep));
      }),
    ),
  );
}

function paths(machine: Machine): path.PlatformPath {
  return machine.platform === "win32" ? path.win32 : path.posix;
}
