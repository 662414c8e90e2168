package terraform

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/source"
)

// Calls returns the directories of the local modules that the files of a directory call. The search tells root modules
// from called ones by them.
func Calls(fsys fs.FS, dir string) []string {
	names, err := sources(fsys, dir)
	if err != nil {
		return nil
	}
	var dirs []string
	add := func(from string) {
		if called, ok := localSource(dir, from); ok && !slices.Contains(dirs, called) {
			dirs = append(dirs, called)
		}
	}
	l := newLoader(fsys)
	computed := false
	for _, name := range names {
		content, err := source.ReadFile(fsys, path.Join(dir, name))
		if err != nil || !bytes.Contains(content, []byte("module")) {
			continue // parsing is what costs, and most files call nothing
		}
		for _, b := range l.file(path.Join(dir, name)) {
			if b.kind != "module" {
				continue
			}
			from, isLiteral := literalSource(b)
			computed = computed || !isLiteral
			add(from)
		}
	}
	if computed {
		m := newEvaluation(fsys, dir, deployment.Options{})
		for _, name := range slices.Sorted(maps.Keys(m.config.calls)) {
			from, _ := m.source(m.config.calls[name])
			add(from)
		}
	}
	slices.Sort(dirs)
	return dirs
}

// literalSource returns the source of a call. It is false for one that is an expression of other values.
func literalSource(call *block) (string, bool) {
	a := call.body.get("source")
	if a == nil {
		return "", true
	}
	value, diagnostics := a.expr.Value(nil)
	if diagnostics.HasErrors() || !isKnownString(value) {
		return "", false
	}
	return value.AsString(), true
}

// localSource resolves a source that is a path. It is false for other sources and for paths
// that leave the root of the run.
func localSource(dir, from string) (string, bool) {
	if !strings.HasPrefix(from, "./") && !strings.HasPrefix(from, "../") && from != "." && from != ".." {
		return "", false
	}
	resolved := path.Join(dir, from)
	return resolved, resolved != ".." && !strings.HasPrefix(resolved, "../")
}

// isInstalled reports whether terraform init has put a module there.
func isInstalled(dir string) bool {
	return strings.HasPrefix(dir, ".terraform/") || strings.Contains(dir, "/.terraform/")
}

// installed are the modules that terraform init has put below .terraform, by their key: the
// names of the calls that lead to them, with dots between.
func (l *loader) installed(root string) map[string]string {
	content, err := source.ReadFile(l.fsys, path.Join(root, ".terraform/modules/modules.json"))
	if err != nil {
		return nil // not initialised
	}
	var manifest struct {
		Modules []struct{ Key, Dir string }
	}
	if json.Unmarshal(content, &manifest) != nil {
		return nil
	}
	dirs := map[string]string{}
	for _, m := range manifest.Modules {
		dir := path.Join(root, m.Dir)
		if names, err := sources(l.fsys, dir); err == nil && len(names) > 0 { // else the download is incomplete
			dirs[m.Key] = dir
		}
	}
	return dirs
}

// withoutCredentials is the address of a module as it may be shown: git::https://token@host/x?sshkey=y
// loses the token and what stands behind the question mark, but for the version.
func withoutCredentials(address string) string {
	address, query, _ := strings.Cut(address, "?")
	if scheme, rest, ok := strings.Cut(address, "://"); ok {
		host, path, _ := strings.Cut(rest, "/")
		host = host[strings.LastIndex(host, "@")+1:]
		address = strings.TrimSuffix(scheme+"://"+host+"/"+path, "/")
	}
	for parameter := range strings.SplitSeq(query, "&") {
		if strings.HasPrefix(parameter, "ref=") {
			return address + "?" + parameter
		}
	}
	return address
}
