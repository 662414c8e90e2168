"""Compares what lintel reads from Python files with what the parser of CPython reads.

Usage: handler-python.py DUMP DIRECTORY...

DUMP is the program parsers/handler/python/dump.go. The files of the directories that CPython parses are compared: functions,
imports, calls and string literals. A file is equal if all four are. The files are parsed and never run.
"""

import ast
import io
import json
import multiprocessing
import pathlib
import re
import subprocess
import sys
import tokenize
import unicodedata
import warnings

LEAST_FILES = 2000
LEAST_EQUAL = 0.995


def encoded(value):
    """The value of a literal as lintel represents it, in hexadecimal digits; surrogates are replaced."""
    if isinstance(value, str):
        value = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in value).encode()
    return value.hex()


def path(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.NamedExpr):
        return node.target.id
    if isinstance(node, ast.Attribute):
        base = path(node.value)
        return base and base + "." + node.attr
    return None


NAMED = re.compile(rb"(?<!\\)(?:\\\\)*\\N\{")
RAW = re.compile(rb"[bBfFtT]?[rR]")
KINDS = {
    ast.Call: "call", ast.Subscript: "index", ast.IfExp: "choice", ast.Lambda: "func", ast.Await: "await",
    ast.List: "list", ast.Tuple: "list", ast.Set: "list", ast.Dict: "map",
}


def callee(node):
    found = path(node)
    if found:
        return found
    if isinstance(node, ast.Attribute):
        return "member:" + node.attr
    if isinstance(node, ast.Constant):
        if node.value is None:
            return "null"
        if node.value is Ellipsis:
            return "unknown"
        return {str: "string", bytes: "string", bool: "bool"}.get(type(node.value), "number")
    if isinstance(node, ast.JoinedStr):
        return "string" if all(isinstance(v, ast.Constant) for v in node.values) else "concat"
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return "choice"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return "concat"
    return KINDS.get(type(node), "unknown")


class Reader:
    def __init__(self, text):
        self.functions, self.imports, self.calls, self.strings = [], [], [], []
        self.is_encoded = tokenize.detect_encoding(io.BytesIO(text).readline)[0] not in ("utf-8", "utf-8-sig", "iso-8859-1")
        self.lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")

    def is_undecoded(self, node):
        """Whether a string contains a character by its name, or an encoding, that lintel does not decode."""
        if not hasattr(node, "end_lineno"):
            return False
        lines = self.lines[node.lineno - 1 : node.end_lineno]
        if not self.is_encoded and not any(b"\\N{" in line for line in lines):
            return False
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        segment = b"\n".join(lines)
        return self.is_encoded and not segment.isascii() or NAMED.search(segment) and not RAW.match(segment)

    def read(self, tree):
        stack = [(tree, "", False)]
        while stack:
            node, owner, is_format = stack.pop()
            skipped = self.visit(node, owner, is_format)
            if isinstance(node, ast.ClassDef):
                owner = node.name
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                owner = ""
            spec = getattr(node, "format_spec", None)
            stack.extend((child, owner, child is spec) for child in ast.iter_child_nodes(node) if child not in skipped)

    def visit(self, node, owner, is_format):
        """Collects the facts of a node, and returns the children that are to be skipped."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.functions.append((node.name, node.lineno, owner))
        elif isinstance(node, ast.Lambda):
            self.functions.append(("<lambda>", node.lineno, ""))
        elif isinstance(node, ast.Import):
            self.imports += [(a.name, "", a.asname or a.name.split(".")[0]) for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            self.imports += [(module, a.name, "" if a.name == "*" else a.asname or a.name) for a in node.names]
        elif isinstance(node, ast.Call):
            keys = sorted(k.arg for k in node.keywords if k.arg)
            self.calls.append((callee(node.func), len(node.args) + len(node.keywords), keys, node.lineno))
        elif isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            if not self.is_undecoded(node):
                self.strings.append(encoded(node.value))
        elif type(node).__name__ in ("JoinedStr", "TemplateStr"):
            if not node.values and not is_format:
                self.strings.append("")
            if self.is_undecoded(node):
                return [v for v in node.values if isinstance(v, ast.Constant)]
        elif isinstance(node, ast.Dict):
            return [k for k in node.keys if self.is_number_like(k)]
        return []

    @staticmethod
    def is_number_like(key):
        """Whether a key could be that of a number in the output of DUMP."""
        if not isinstance(key, ast.Constant) or not isinstance(key.value, (str, bytes)):
            return False
        return encoded(key.value)[:2] in {encoded(c) for c in "0123456789-."}


def compare(arguments):
    dump, paths = arguments
    output = subprocess.run([dump], input="\n".join(paths), capture_output=True, text=True, check=True).stdout
    return [compare_file(p, json.loads(line)) for p, line in zip(paths, output.splitlines(), strict=True)]


def normalized(fact):
    """A fact whose identifiers are in the form that CPython compares them in."""
    if isinstance(fact, list):
        return [normalized(part) for part in fact]
    return fact if isinstance(fact, int) or fact.isascii() else unicodedata.normalize("NFKC", fact)


def compare_file(name, got):
    """Returns the name of a file, its lines and time, and what differs; None if CPython does not parse it."""
    text = pathlib.Path(name).read_bytes()
    try:
        tree = ast.parse(text)
        reader = Reader(text)
        reader.read(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    differences = []
    for kind in ("functions", "imports", "calls", "strings"):
        want = sorted(json.dumps(f) for f in getattr(reader, kind))
        have = sorted(json.dumps(normalized(f)) for f in got[kind.capitalize()] or [])
        if want != have:
            missing, more = list(want), list(have)
            for f in have:
                if f in missing:
                    missing.remove(f)
            for f in want:
                if f in more:
                    more.remove(f)
            differences.append(f"{kind}: missing {missing[:3]}, more {more[:3]}, unread {got['Unread']}")
    return name, got["Lines"], got["Time"], bool(got["Unread"]), differences


def main():
    warnings.simplefilter("ignore")
    dump, *directories = sys.argv[1:]
    paths = sorted(str(p) for d in directories for p in pathlib.Path(d).rglob("*.py") if p.is_file() and "\n" not in str(p))
    chunks = [(dump, paths[i : i + 50]) for i in range(0, len(paths), 50)]
    with multiprocessing.Pool() as pool:
        results = [r for chunk in pool.imap(compare, chunks) for r in chunk]
    files = [r for r in results if r]
    different = [r for r in files if r[4]]
    for name, _, _, _, differences in different:
        print(name, *differences, sep="\n  ")
    lines, time = sum(r[1] for r in files), sum(r[2] for r in files)
    equal = len(files) - len(different)
    print(
        f"{len(paths)} files, {len(files)} of them parsed by CPython {sys.version.split()[0]}: {equal} equal ({equal / len(files):.2%}), "
        f"{sum(r[3] for r in files)} with unread text; {lines} lines, {time / 1e3 / lines:.2f} ms per 1,000 lines"
    )
    if len(files) < LEAST_FILES or equal < LEAST_EQUAL * len(files):
        sys.exit(f"handler-python: requires {LEAST_FILES} files, {LEAST_EQUAL:.1%} of them equal")


if __name__ == "__main__":
    main()
