import assert from "node:assert/strict";
import * as fs from "node:fs";
import { test } from "node:test";
import { Counts, look, type State } from "../../src/status";

const states: State[] = [
  { kind: "starting" },
  { kind: "ready", findings: 0 },
  { kind: "ready", findings: 3 },
  { kind: "stopped" },
  { kind: "missing", why: "There is none." },
  { kind: "failed", why: "spawn EACCES" },
];

test("each state looks different, and says its reason", () => {
  const texts = new Set(states.map((state) => look(state).text));
  assert.equal(texts.size, states.length);
  for (const state of states) {
    if ("why" in state) {
      assert.ok(look(state).tooltip.includes(state.why), look(state).tooltip);
    }
  }
});

test("a click does something that exists", () => {
  const manifest = JSON.parse(fs.readFileSync("package.json", "utf8"));
  const ours = new Set(manifest.contributes.commands.map((c: { command: string }) => c.command));
  for (const state of states) {
    const command = look(state).command;
    assert.ok(ours.has(command) || command.startsWith("workbench."), command);
  }
});

test("a warning is for what somebody has to do something about", () => {
  assert.deepEqual(
    states.map((state) => look(state).warning),
    [false, false, false, true, true, true],
  );
});

test("numbers", () => {
  assert.match(look({ kind: "ready", findings: 1 }).tooltip, /1 finding in/);
  assert.match(look({ kind: "ready", findings: 12 }).text, /12$/);
  assert.match(look({ kind: "ready", findings: 12 }).tooltip, /12 findings in/);
});

test("counts go up and down, file by file", () => {
  const counts = new Counts();
  assert.equal(counts.total, 0);
  counts.set("file:///a.tf", 2);
  counts.set("file:///b.tf", 1);
  assert.equal(counts.total, 3);
  counts.set("file:///a.tf", 1);
  assert.equal(counts.total, 2);
  counts.set("file:///a.tf", 0);
  counts.set("file:///b.tf", 0);
  assert.equal(counts.total, 0);
});
