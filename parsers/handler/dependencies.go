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
	case u.code.Language == code.Python && p.mayHavePython(u.module, i):
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
	return !isInstalled || builds(text) || !isOnlyForDevelopment(text, name) || p.reader.isLocked(path.Join(path.Dir(manifest), "package-lock.json"), name)
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
func (r *reader) isLocked(name, packageName string) bool {
	lock, isRead := r.locks[name]
	if !isRead {
		lock = lockIn(r.manifest(name))
		r.locks[name] = lock
	}
	return lock.isBroken || lock.installed[packageName]
}

// lock is a package-lock.json.
type lock struct {
	isBroken  bool            // it may have any package
	installed map[string]bool // packages that not only those for development require
}

func lockIn(text string) lock {
	var read struct {
		Packages map[string]struct {
			Dev bool `json:"dev"`
		} `json:"packages"`
	}
	if text == "" {
		return lock{}
	}
	if json.Unmarshal([]byte(text), &read) != nil {
		return lock{isBroken: true}
	}
	l := lock{installed: map[string]bool{}}
	for at, found := range read.Packages { // any order: the result is a set
		if name, ok := strings.CutPrefix(at, "node_modules/"); ok && !found.Dev {
			l.installed[name] = true
		}
	}
	return l
}

// inRuntime reports whether a runtime, or Greengrass, contains a module. The AWS SDK for JavaScript, whose version differs, counts as contained.
func inRuntime(name string, language code.Language) bool {
	switch language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Go:
		return true
	case code.Python:
		return name == "greengrasssdk" || isListed(pythonRuntime, name)
	}
	return isListed(nodeRuntime, name) || strings.HasPrefix(name, "@aws-sdk/") || strings.HasPrefix(name, "@smithy/") || strings.HasPrefix(name, "@types/")
}

// mayHavePython reports whether the package may have a module in Python that is not in its directory.
func (p *program) mayHavePython(m *module, i code.Import) bool {
	top, _, _ := strings.Cut(i.Module, ".")
	for _, dir := range []string{path.Dir(m.path), path.Dir(p.file), path.Dir(p.dir), p.reader.base} {
		if p.reader.isDir(path.Join(dir, top)) || p.reader.isFile(path.Join(dir, top+".py")) {
			return true
		}
	}
	return p.isPathChanged() || p.mayInstallPython(i, top)
}

// mayInstallPython reports whether a list of dependencies or a tool may add a module to the package.
func (p *program) mayInstallPython(i code.Import, top string) bool {
	lists := p.reader.above(p.dir, func(d dirs) []string { return d.python })
	lists = append(lists, p.requirements...)
	if len(lists)+len(p.named) == 0 {
		return p.reader.mayBuild(p.dir, top)
	}
	wanted := providers(i.Module + "." + i.Name)
	if len(wanted) == 0 || (requirements{list: p.named}).mayInstall(wanted) || slices.ContainsFunc(lists, func(list string) bool { return p.reader.requirementsIn(list).mayInstall(wanted) }) {
		return true
	}
	if len(p.requirements)+len(p.named) > 0 || slices.Contains(lists, path.Join(p.dir, "requirements.txt")) {
		return p.reader.mayAdd(p.dir, append(wanted, top))
	}
	return p.reader.mayBuild(p.dir, top)
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
	switch r := p.reader; {
	case p.isExternal(name):
		return false
	case strings.HasPrefix(name, "#") || strings.HasPrefix(name, "@/") || strings.HasPrefix(name, "~") || strings.HasPrefix(name, "$"):
		return true // an alias
	case slices.ContainsFunc(r.above(p.dir, func(d dirs) []string { return d.script }), func(file string) bool { return r.mayResolve(file, name) }), p.mayRequire():
		return true
	case r.isFile(path.Join(p.dir, "package.json")):
		return r.mayAdd(p.dir, []string{name})
	}
	return p.reader.mayBuild(p.dir, name)
}

// mayRequire reports whether the packages that a package.json lists may require others that npm installs beside them: no lock file has
// their names.
func (p *program) mayRequire() bool {
	r := p.reader
	for dir := path.Dir(p.file); ; dir = path.Dir(dir) {
		text := r.manifest(path.Join(dir, "package.json"))
		if strings.Contains(strings.ToLower(text), "dependencies") && !slices.ContainsFunc(r.above(dir, func(d dirs) []string { return d.script }), isScriptLock) {
			return true
		}
		if dir == "." || dir == "/" {
			return false
		}
	}
}

// isScriptLock reports whether a file is a lock file of a package manager of JavaScript.
func isScriptLock(name string) bool {
	return slices.Contains([]string{"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock"}, path.Base(name))
}

// mayResolve reports whether a file of a tool may make a name that no package.json lists an import: a lock file has the packages that
// others require, and a tsconfig.json may have aliases.
func (r *reader) mayResolve(file, name string) bool {
	text := r.manifest(file)
	switch base := path.Base(file); {
	case isScriptLock(file):
		return text == unreadable || strings.Contains(text, name)
	case strings.HasPrefix(base, "tsconfig") || strings.HasPrefix(base, "jsconfig"):
		return text == unreadable || strings.Contains(text, `"paths"`) || strings.Contains(text, `"baseUrl"`) || strings.Contains(text, `"extends"`)
	}
	return true
}

// dirs is what a directory has that may add modules to a package.
type dirs struct {
	tools  bool     // a directory, an archive or a tool that may add any
	builds []string // scripts and files of tools that may name those that they add
	python []string // lists of dependencies
	script []string // locks, workspaces and settings of compilers
}

// above returns the files of a kind beside and above a directory.
func (r *reader) above(dir string, kind func(dirs) []string) []string {
	var all []string
	for at := dir; ; at = path.Dir(at) {
		all = append(all, kind(r.dirsAt(at))...)
		if at == "." || at == "/" {
			return all
		}
	}
}

// dirsAt reads a directory once.
func (r *reader) dirsAt(dir string) dirs {
	d, isRead := r.builds[dir]
	if !isRead {
		d = r.dirsIn(dir)
		r.builds[dir] = d
	}
	return d
}

// mayBuild reports whether a file beside or above a directory may add a module to the package, or the template runs commands.
func (r *reader) mayBuild(dir, name string) bool {
	for at := dir; ; at = path.Dir(at) {
		if d := r.dirsAt(at); d.tools || len(d.builds) > 0 {
			return true
		}
		if at == "." || at == "/" {
			break
		}
	}
	return r.inFiles(true, "local-exec", "pip install", "pip3 install", "npm install", "npm ci", "data \"external\"") ||
		strings.Contains(dir, "node_modules/"+name) || strings.Contains(dir, "build") || strings.Contains(dir, "dist")
}

// mayAdd reports whether a tool may add a package to one that has a list of dependencies: the tool names it, or uses another list.
func (r *reader) mayAdd(dir string, names []string) bool {
	if r.dirsAt(dir).tools || r.inFiles(false, names...) {
		return true
	}
	return slices.ContainsFunc(r.above(dir, func(d dirs) []string { return d.builds }), func(file string) bool {
		text := r.manifest(file)
		if text == unreadable || len(text) > maxRequirements || usesOtherList(text) {
			return true
		}
		words := "-" + normalized(strings.Join(strings.Fields(text), "-")) + "-"
		return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(words, normalized(name)) })
	})
}

// usesOtherList reports whether a script installs the packages of a list with another name than requirements.txt.
func usesOtherList(script string) bool {
	for words := strings.Fields(script); len(words) > 1; words = words[1:] {
		if (words[0] == "-r" || words[0] == "--requirement") && path.Base(strings.Trim(words[1], `"'`)) != "requirements.txt" {
			return true
		}
	}
	return false
}

// inFiles reports whether a file of the unit contains one of some texts. withCode: the code of functions counts, too.
func (r *reader) inFiles(withCode bool, texts ...string) bool {
	for name, file := range r.parsed.Files { // any order: each file is looked at alone
		_, isCode := languageOf(name)
		if (withCode || !isCode) && slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(string(file.Content), text) }) {
			return true
		}
	}
	return false
}

// dirsIn looks at the files of a directory.
func (r *reader) dirsIn(dir string) dirs {
	var d dirs
	entries, err := fs.ReadDir(r.fsys, dir)
	d.tools = err != nil
	for _, e := range entries {
		name, file := strings.ToLower(e.Name()), path.Join(dir, e.Name())
		switch {
		case name == "node_modules", strings.HasSuffix(name, ".zip"), name == "bazel", name == "build.bazel", name == "pants.toml", name == "bin", name == "scripts":
			d.tools = true
		case strings.HasPrefix(name, "makefile"), strings.HasSuffix(name, ".sh"), strings.HasPrefix(name, "dockerfile"), strings.HasPrefix(name, "buildspec"),
			strings.HasPrefix(name, "taskfile"), strings.HasPrefix(name, "justfile"), strings.HasPrefix(name, "build."), strings.HasPrefix(name, "serverless."), strings.HasPrefix(name, "jenkinsfile"):
			d.builds = append(d.builds, file)
		case isPythonList(name):
			if !isEmpty(e) {
				d.python = append(d.python, file)
			}
		case strings.HasPrefix(name, "tsconfig") || strings.HasPrefix(name, "jsconfig") || isScriptLock(name) ||
			slices.Contains([]string{"pnpm-workspace.yaml", "lerna.json", "nx.json", "rush.json", "bun.lockb", ".yarn"}, name):
			d.script = append(d.script, file)
		}
	}
	return d
}

// isPythonList reports whether a file with a name in lower case lists dependencies of Python.
func isPythonList(name string) bool {
	return strings.HasPrefix(name, "requirements") || strings.HasPrefix(name, "pipfile") ||
		slices.Contains([]string{"pyproject.toml", "setup.py", "setup.cfg", "poetry.lock", "uv.lock", "pdm.lock", "environment.yml", "constraints.txt"}, name)
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
