package handler

import (
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// found reports whether code can import a module: the runtime, the package, a layer or a list of dependencies contains it. It is
// unknown if another tool may add it.
func (u *unit) found(i code.Import, name string, at source.Range) model.Value[bool] {
	p := u.f.program
	isPackaged := packaged(p, name, u.code.Language, at)
	switch is, ok := isPackaged.Get(); {
	case is || inRuntime(name, u.code.Language):
		return model.Known(true, at)
	case !ok:
		return isPackaged
	case p.inline != nil:
		return model.Known(false, at)
	case u.code.Language == code.Python && p.mayHavePython(u.module, i.Module):
		return model.Unknown[bool](at, "another tool may add the module")
	case u.code.Language != code.Python && p.mayHaveScript(name):
		return model.Unknown[bool](at, "another tool may add the module")
	}
	return model.Known(false, at)
}

// lists reports whether a package.json names a package. isInstalled: a package that it lists only under devDependencies does not count,
// because "npm install --production" leaves it out and no tool of the package bundles it.
func (p *program) lists(manifest, name string, isInstalled bool) bool {
	text := p.reader.manifest(manifest)
	if text == unreadable || !strings.Contains(text, `"`+name+`"`) {
		return text == unreadable
	}
	return !isInstalled || builds(text) || !isOnlyForDevelopment(text, name) || isLocked(p.reader.manifest(path.Join(path.Dir(manifest), "package-lock.json")), name)
}

// isOnlyForDevelopment reports whether a package.json lists a package under devDependencies and nowhere else.
func isOnlyForDevelopment(manifest, name string) bool {
	var listed struct {
		DevDependencies map[string]json.RawMessage `json:"devDependencies"`
	}
	if json.Unmarshal([]byte(manifest), &listed) != nil {
		return false
	}
	_, isListed := listed.DevDependencies[name]
	return isListed && strings.Count(manifest, `"`+name+`"`) == 1
}

// isLocked reports whether a package-lock.json has a package that not only those for development require: another one depends on it.
// https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages
func isLocked(lock, name string) bool {
	var locked struct {
		Packages map[string]struct {
			Dev bool `json:"dev"`
		} `json:"packages"`
	}
	if lock == "" {
		return false
	}
	if json.Unmarshal([]byte(lock), &locked) != nil {
		return true
	}
	found, ok := locked.Packages["node_modules/"+name]
	return ok && !found.Dev
}

// inRuntime reports whether a runtime, or Greengrass, contains a module. The AWS SDK for JavaScript, whose version differs, counts as contained.
func inRuntime(name string, language code.Language) bool {
	switch language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Go:
		return true
	case code.Python:
		return name == "greengrasssdk" || slices.Contains(strings.Fields(pythonRuntime), name)
	}
	return slices.Contains(strings.Fields(nodeRuntime), name) || strings.HasPrefix(name, "@aws-sdk/") || strings.HasPrefix(name, "@smithy/") || strings.HasPrefix(name, "@types/")
}

// mayHavePython reports whether the package may have a module in Python that is not in its directory.
func (p *program) mayHavePython(m *module, name string) bool {
	stem := strings.ReplaceAll(name, ".", "/")
	top, _, _ := strings.Cut(stem, "/")
	for _, dir := range []string{path.Dir(m.path), path.Dir(p.file), path.Dir(p.dir), p.reader.base} {
		if p.reader.isDir(path.Join(dir, top)) || p.reader.isFile(path.Join(dir, top+".py")) {
			return true
		}
	}
	return p.isPathChanged() || p.reader.mayBuild(p.dir, top, isPythonList)
}

// isPathChanged reports whether code changes the directories that modules are imported from.
func (p *program) isPathChanged() bool {
	for _, m := range p.modules {
		for i := range m.code.Statements {
			for e := range m.code.Statements[i].Value.All() {
				if name, _ := e.Path(); name == "sys.path" || name == "site.addsitedir" {
					return true
				}
			}
		}
	}
	return false
}

// mayHaveScript reports whether the package may have a module in JavaScript that no package.json lists.
func (p *program) mayHaveScript(name string) bool {
	if strings.HasPrefix(name, "#") || strings.HasPrefix(name, "@/") || strings.HasPrefix(name, "~") || strings.HasPrefix(name, "$") {
		return true // an alias
	}
	return p.reader.mayBuild(p.dir, name, isScriptList)
}

// dirs is what a directory and those above have that may add modules to a package.
type dirs struct {
	builds bool // a script or a tool
	python bool // a list of dependencies
	script bool
}

func isPythonList(d dirs) bool { return d.builds || d.python }

func isScriptList(d dirs) bool { return d.builds || d.script }

// mayBuild reports whether a file beside or above a directory may add a module to the package, or the template runs commands.
func (r *reader) mayBuild(dir, name string, adds func(dirs) bool) bool {
	for at := dir; ; at = path.Dir(at) {
		d, isRead := r.builds[at]
		if !isRead {
			d = r.dirsIn(at)
			r.builds[at] = d
		}
		if adds(d) {
			return true
		}
		if at == "." || at == "/" {
			break
		}
	}
	for _, file := range r.parsed.Files { // any order: each file is looked at alone
		for _, command := range []string{"local-exec", "pip install", "pip3 install", "npm install", "npm ci", "data \"external\""} {
			if strings.Contains(string(file.Content), command) {
				return true
			}
		}
	}
	return strings.Contains(dir, "node_modules/"+name) || strings.Contains(dir, "build") || strings.Contains(dir, "dist")
}

// dirsIn looks at the files of a directory.
func (r *reader) dirsIn(dir string) dirs {
	var d dirs
	entries, err := fs.ReadDir(r.fsys, dir)
	d.builds = err != nil
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		switch {
		case strings.HasPrefix(name, "makefile"), strings.HasSuffix(name, ".sh"), strings.HasPrefix(name, "dockerfile"), strings.HasPrefix(name, "buildspec"),
			strings.HasPrefix(name, "taskfile"), strings.HasPrefix(name, "justfile"), strings.HasPrefix(name, "build."), name == "node_modules", strings.HasSuffix(name, ".zip"),
			strings.HasPrefix(name, "serverless."), name == "bazel", name == "build.bazel", name == "pants.toml", name == "bin", name == "scripts", strings.HasPrefix(name, "jenkinsfile"):
			d.builds = true
		case strings.HasPrefix(name, "requirements") || strings.HasPrefix(name, "pipfile") || slices.Contains([]string{"pyproject.toml", "setup.py", "setup.cfg", "poetry.lock", "uv.lock", "environment.yml", "constraints.txt"}, name):
			d.python = d.python || !isEmpty(e)
		case strings.HasPrefix(name, "tsconfig") || strings.HasPrefix(name, "jsconfig") || slices.Contains([]string{"yarn.lock", "pnpm-workspace.yaml", "lerna.json", "nx.json", "rush.json", "bun.lockb", ".yarn"}, name):
			d.script = true
		}
	}
	return d
}

// isEmpty reports whether a file has no text.
func isEmpty(e fs.DirEntry) bool {
	info, err := e.Info()
	return err == nil && info.Size() == 0
}

// pythonRuntime are the modules of Python's standard library, removed ones included, and those that the runtimes of Lambda add.
// https://docs.python.org/3/py-modindex.html
const pythonRuntime = `
	abc aifc annotationlib argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2
	cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser
	contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest
	dummy_threading email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib
	functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib
	inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma macpath mailbox mailcap marshal math mimetypes
	mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os
	ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty
	pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets
	select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants
	sre_parse ssl stat statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile
	telnetlib tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle
	turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib
	xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
	__future__ __main__ _thread _collections_abc
	boto3 botocore s3transfer jmespath dateutil six urllib3 simplejson awslambdaric bootstrap runtime_client lambda_runtime_client snapshot_restore_py
	pkg_resources pip setuptools`

// nodeRuntime are the modules of Node.js and of its runtimes.
// https://nodejs.org/api/modules.html#built-in-modules
const nodeRuntime = `
	assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https
	inspector module net os path perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder sys test timers tls tty url util
	v8 vm wasi worker_threads zlib aws-sdk aws-lambda awslambda`
