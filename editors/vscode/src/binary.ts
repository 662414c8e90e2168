// Locates the program. It is never downloaded, and never started from the open workspace unless the user settings name
// it: cloning a repository must not execute a file in it.

import * as path from "node:path";

/** The environment of the extension host. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Reports whether a file is executable. */
  executable(file: string): boolean;
  /** Resolves symlinks in a path; returns the path itself if it does not exist. */
  real(file: string): string;
}

/** Settings and state of the workspace. */
export interface Wish {
  /** `lintel.path` of the user settings; "" if it is not set. */
  user: string;
  /** `lintel.path` of the workspace settings; "" if it is not set. */
  workspace: string;
  trusted: boolean;
  /** Directories of the workspace. */
  folders: readonly string[];
}

/** The program, or a message for the user that explains why there is none. */
export type Found = { file: string } | { missing: string };

/** Finds the program: the setting of a trusted workspace, the user setting, the PATH. */
export function find(wish: Wish, machine: Machine): Found {
  if (wish.workspace !== "" && wish.trusted) {
    const file = expand(wish.workspace, machine);
    if (within(file, wish.folders, machine)) {
      return {
        missing: `lintel.path of this workspace is ${file}, which lies in the workspace itself. Set lintel.path in your user settings to run it.`,
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
      continue; // relative to the working directory of the editor, which can be in a repository
    }
    for (const ending of endings(machine)) {
      const file = p.join(folder, "lintel" + ending);
      if (machine.executable(file) && !within(file, folders, machine)) {
        return { file };
      }
    }
  }
  return { missing: "lintel is not on the PATH, and lintel.path is not set." };
}

/** Scripts (.bat, .cmd) need a shell, which would interpret the arguments, so they are not started. */
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

/** Reports whether the file is inside one of the directories, by its path or after resolving symlinks. */
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
