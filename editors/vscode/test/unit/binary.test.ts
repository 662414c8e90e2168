import assert from "node:assert/strict";
import { test } from "node:test";
import { find, type Found, type Machine, type Wish } from "../../src/binary";

interface Case {
  name: string;
  platform?: NodeJS.Platform;
  env?: Record<string, string>;
  programs: string[];
  links?: Record<string, string>;
  wish?: Partial<Wish>;
  want: Found | { missing: RegExp };
}

const cases: Case[] = [
  {
    name: "the first one on the PATH",
    env: { PATH: "/nowhere:/usr/local/bin:/usr/bin" },
    programs: ["/usr/bin/lintel", "/usr/local/bin/lintel"],
    want: { file: "/usr/local/bin/lintel" },
  },
  {
    name: "the user's setting before the PATH",
    env: { PATH: "/usr/bin" },
    programs: ["/usr/bin/lintel", "/opt/lintel"],
    wish: { user: "/opt/lintel" },
    want: { file: "/opt/lintel" },
  },
  {
    name: "home",
    programs: ["/home/ana/bin/lintel"],
    wish: { user: "~/bin/lintel" },
    want: { file: "/home/ana/bin/lintel" },
  },
  {
    name: "the user's setting may name a program in the folder",
    programs: ["/src/shop/lintel"],
    wish: { user: "/src/shop/lintel" },
    want: { file: "/src/shop/lintel" },
  },
  {
    name: "a setting that names nothing is said, and nothing else is taken for it",
    env: { PATH: "/usr/bin" },
    programs: ["/usr/bin/lintel"],
    wish: { user: "/opt/lintel" },
    want: { missing: /your user settings is \/opt\/lintel, which is not a program/ },
  },
  {
    name: "a relative setting",
    programs: ["bin/lintel"],
    wish: { user: "bin/lintel" },
    want: { missing: /not an absolute path/ },
  },
  {
    name: "nothing",
    env: { PATH: "/usr/bin" },
    programs: [],
    want: { missing: /lintel is not on the PATH/ },
  },
  { name: "no PATH", env: {}, programs: ["/lintel", "lintel"], want: { missing: /lintel is not on the PATH/ } },
  {
    name: "relative entries of the PATH are not looked into",
    env: { PATH: ":.:bin:node_modules/.bin:/usr/bin" },
    programs: ["lintel", "bin/lintel", "node_modules/.bin/lintel", "/usr/bin/lintel"],
    want: { file: "/usr/bin/lintel" },
  },
  {
    name: "entries of the PATH in the folder are not looked into",
    env: { PATH: "/src/shop/bin:/usr/bin" },
    programs: ["/src/shop/bin/lintel", "/usr/bin/lintel"],
    want: { file: "/usr/bin/lintel" },
  },
  {
    name: "nor through a link to the folder",
    env: { PATH: "/links/bin:/usr/bin" },
    programs: ["/links/bin/lintel", "/usr/bin/lintel"],
    links: { "/links/bin": "/src/shop/bin", "/links/bin/lintel": "/src/shop/bin/lintel" },
    want: { file: "/usr/bin/lintel" },
  },
  {
    name: "nor when the folder was opened through a link",
    env: { PATH: "/src/shop/bin:/usr/bin" },
    programs: ["/src/shop/bin/lintel", "/usr/bin/lintel"],
    links: { "/link": "/src/shop" },
    wish: { folders: ["/link"] },
    want: { file: "/usr/bin/lintel" },
  },
  {
    name: "nor a link to a program in the folder",
    env: { PATH: "/usr/local/bin:/usr/bin" },
    programs: ["/usr/local/bin/lintel", "/usr/bin/lintel"],
    links: { "/usr/local/bin/lintel": "/src/shop/lintel" },
    want: { file: "/usr/bin/lintel" },
  },
  {
    name: "a folder whose name begins like the open one is another",
    env: { PATH: "/src/shop-tools:/src/..shop" },
    programs: ["/src/shop-tools/lintel"],
    want: { file: "/src/shop-tools/lintel" },
  },
  {
    name: "a folder in the open one whose name begins with dots is in it",
    env: { PATH: "/src/shop/..tools" },
    programs: ["/src/shop/..tools/lintel"],
    want: { missing: /lintel is not on the PATH/ },
  },
  {
    name: "the workspace's setting, trusted",
    programs: ["/opt/lintel", "/home/ana/lintel"],
    wish: { workspace: "/opt/lintel", user: "/home/ana/lintel", trusted: true },
    want: { file: "/opt/lintel" },
  },
  {
    name: "the workspace's setting, not trusted",
    programs: ["/opt/lintel", "/home/ana/lintel"],
    wish: { workspace: "/opt/lintel", user: "/home/ana/lintel", trusted: false },
    want: { file: "/home/ana/lintel" },
  },
  {
    name: "the workspace's setting must not name a program of the workspace, trusted or not",
    programs: ["/src/shop/tools/lintel"],
    wish: { workspace: "/src/other/../shop/tools/lintel", trusted: true },
    want: { missing: /lies in the workspace itself/ },
  },
  {
    name: "Windows: Path, quotes, .exe",
    platform: "win32",
    env: { Path: 'C:\\Windows;"C:\\Program Files\\lintel"', PATHEXT: ".COM;.EXE;.BAT" },
    programs: ["C:\\Program Files\\lintel\\lintel.exe"],
    wish: { folders: ["D:\\shop"] },
    want: { file: "C:\\Program Files\\lintel\\lintel.exe" },
  },
  {
    name: "Windows: without PATHEXT",
    platform: "win32",
    env: { PATH: "C:\\tools" },
    programs: ["C:\\tools\\lintel.exe"],
    want: { file: "C:\\tools\\lintel.exe" },
  },
  {
    name: "Windows: a script needs a shell, and is passed over",
    platform: "win32",
    env: { PATH: "C:\\shims;C:\\tools", PATHEXT: ".BAT;.CMD;.EXE" },
    programs: ["C:\\shims\\lintel.cmd", "C:\\shims\\lintel.bat", "C:\\tools\\lintel.exe"],
    want: { file: "C:\\tools\\lintel.exe" },
  },
  {
    name: "Windows: the folder in other letters",
    platform: "win32",
    env: { PATH: "c:\\SHOP\\bin;C:\\tools" },
    programs: ["c:\\SHOP\\bin\\lintel.exe", "C:\\tools\\lintel.exe"],
    wish: { folders: ["C:\\shop"] },
    want: { file: "C:\\tools\\lintel.exe" },
  },
  {
    name: "Windows: home",
    platform: "win32",
    programs: ["/home/ana\\bin\\lintel.exe", "\\home\\ana\\bin\\lintel.exe"],
    wish: { user: "~\\bin\\lintel.exe" },
    want: { file: "\\home\\ana\\bin\\lintel.exe" },
  },
];

for (const c of cases) {
  test(c.name, () => {
    const machine: Machine = {
      platform: c.platform ?? "linux",
      env: c.env ?? {},
      home: "/home/ana",
      executable: (file) => c.programs.includes(file),
      real: (file) => c.links?.[file] ?? file,
    };
    const wish: Wish = { user: "", workspace: "", trusted: false, folders: ["/src/shop"], ...c.wish };
    const got = find(wish, machine);
    if ("missing" in c.want && c.want.missing instanceof RegExp) {
      assert.match("missing" in got ? got.missing : `found ${got.file}`, c.want.missing);
    } else {
      assert.deepEqual(got, c.want);
    }
  });
}
