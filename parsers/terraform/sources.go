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

// Role is what the files of a directory say about its part in deployments.
type Role struct {
	Calls  []string // directories of the local modules that they call
	IsOpen bool     // count or for_each decides whether a module is called

	OnlyOpenTofu bool // Terraform reads none of its files
	Differs      bool // Terraform and OpenTofu read different files
}

// RoleOf returns the role of the module in a directory. The search tells root modules from called ones by it and IsRoot.
func RoleOf(fsys fs.FS, dir string) Role {
	names, err := sources(fsys, dir)
	if err != nil {
		return Role{}
	}
	isTofu := slices.ContainsFunc(names, source.IsOpenTofu)
	role := Role{OnlyOpenTofu: isTofu && !hasTerraform(fsys, dir)}
	role.Differs = isTofu && !role.OnlyOpenTofu
	c := newConfig(dir)
	for _, b := range mentioning(fsys, dir, names, "module") {
		c.add(b)
	}
	role.addCalls(fsys, dir, c)
	return role
}

// IsRoot reports whether a module has settings that only a root module has: it is deployed by itself even if another
// module calls it.
func IsRoot(fsys fs.FS, dir string) bool {
	if hasValues(fsys, dir) {
		return true
	}
	blocks := settings(fsys, dir)
	return slices.ContainsFunc(blocks, hasBackend) || isConfigured(fsys, dir, blocks)
}

// IsWhole reports whether a module has all that a deployment by itself needs. Terragrunt adds the settings of an empty backend, and
// deploys a module that has one.
func IsWhole(fsys fs.FS, dir string) bool {
	if hasValues(fsys, dir) {
		return true
	}
	blocks := settings(fsys, dir)
	if slices.ContainsFunc(blocks, hasBackend) {
		return !slices.ContainsFunc(blocks, hasEmptyBackend)
	}
	return isConfigured(fsys, dir, blocks)
}

// settings returns the blocks of the files of a module that have settings of providers and of the backend.
func settings(fsys fs.FS, dir string) []*block {
	names, _ := sources(fsys, dir) // the reader reports a directory that cannot be read
	return mentioning(fsys, dir, names, "provider", "backend", "cloud")
}

// isConfigured reports whether a module configures its providers, in some blocks, and has all values.
func isConfigured(fsys fs.FS, dir string, blocks []*block) bool {
	c := newConfig(dir)
	for _, b := range blocks {
		c.add(b)
	}
	return c.configuresProviders() && newEvaluation(fsys, dir, deployment.Options{}).hasAllValues()
}

// mentioning returns the blocks of the files of a directory that may have blocks of some types: parsing is what costs, and most
// files call nothing.
func mentioning(fsys fs.FS, dir string, names []string, types ...string) []*block {
	l := newLoader(fsys)
	var blocks []*block
	for _, name := range names {
		name = path.Join(dir, name)
		content, err := source.ReadFile(fsys, name)
		if err != nil || !slices.ContainsFunc(types, func(name string) bool { return mayDeclare(content, name) }) {
			continue
		}
		blocks = append(blocks, l.file(name)...)
	}
	return blocks
}

// mayDeclare reports whether a file may have a block of a type, or a member of that name in JSON. A space, a
// label, a brace or a comment follows the name of a type: path.module has none, nor has aws_cloudwatch_log_group where cloud is asked for.
func mayDeclare(content []byte, name string) bool {
	for {
		_, after, found := bytes.Cut(content, []byte(name))
		if !found {
			return false
		}
		if len(after) > 0 && strings.IndexByte(" \t\r\n\"{/#", after[0]) >= 0 {
			return true
		}
		content = after
	}
}

// addCalls adds the directories of the modules that a configuration calls.
func (r *Role) addCalls(fsys fs.FS, dir string, c *config) {
	computed := false
	for _, name := range slices.Sorted(maps.Keys(c.calls)) {
		call := c.calls[name]
		from, isLiteral := literalSource(call)
		computed = computed || !isLiteral
		r.IsOpen = r.IsOpen || call.body.get("count") != nil || call.body.get("for_each") != nil
		r.add(dir, from)
	}
	if computed {
		m := newEvaluation(fsys, dir, deployment.Options{})
		for _, name := range slices.Sorted(maps.Keys(m.config.calls)) {
			from, _ := m.source(m.config.calls[name])
			r.add(dir, from)
		}
	}
	slices.Sort(r.Calls)
}

// hasTerraform reports whether Terraform reads a file of a directory.
func hasTerraform(fsys fs.FS, dir string) bool {
	entries, _ := fs.ReadDir(fsys, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !e.IsDir() && source.SyntaxOf(e.Name()).IsModule() && !source.IsOpenTofu(e.Name())
	})
}

// add adds the directory of a call.
func (r *Role) add(dir, from string) {
	if called, ok := localSource(dir, from); ok && !slices.Contains(r.Calls, called) {
		r.Calls = append(r.Calls, called)
	}
}

// hasBackend reports whether a block configures where the state is stored. Terraform ignores that in a called module
// (https://developer.hashicorp.com/terraform/language/backend).
func hasBackend(b *block) bool {
	return b.kind == "terraform" && (b.body.get("backend") != nil || b.body.get("cloud") != nil ||
		slices.ContainsFunc(b.body.blocks, func(nested *block) bool { return nested.kind == "backend" || nested.kind == "cloud" }))
}

// hasEmptyBackend reports whether a block has a backend without settings.
func hasEmptyBackend(b *block) bool {
	return b.kind == "terraform" && slices.ContainsFunc(b.body.blocks, func(nested *block) bool {
		return nested.kind == "backend" && len(nested.body.attributes)+len(nested.body.blocks) == 0
	})
}

// hasValues reports whether a directory has files with values of variables, which only a root module reads.
func hasValues(fsys fs.FS, dir string) bool {
	entries, _ := fs.ReadDir(fsys, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !e.IsDir() && (source.IsAutoValues(e.Name()) || slices.Contains(source.ValuesFiles(), e.Name()))
	})
}

// configuresProviders reports whether a module has a configuration of a provider that is more than a placeholder for
// that of its caller.
func (c *config) configuresProviders() bool {
	return slices.ContainsFunc(c.order, func(b *block) bool {
		return b.kind == "provider" && (len(b.body.blocks) > 0 ||
			slices.ContainsFunc(b.body.attributes, func(a *attribute) bool { return a.name != "alias" && a.name != "version" }))
	})
}

// hasAllValues reports whether a root module can be deployed without further values of variables.
func (m *instance) hasAllValues() bool {
	for name, declared := range m.config.variables {
		if declared.body.get("default") == nil && m.config.values[name] == nil {
			return false
		}
	}
	return true
}

// Instantiated returns the directories of the modules that a root module has instances of, directly or through others.
func Instantiated(fsys fs.FS, root string) []string {
	found := map[string]bool{}
	var visit func(m *instance)
	visit = func(m *instance) {
		found[m.config.dir] = true
		for _, declared := range m.config.order {
			if declared.kind != "module" || m.budget < 0 {
				continue
			}
			for _, c := range m.children(declared.labels[0], declared) {
				visit(c.instance)
			}
		}
	}
	visit(newEvaluation(fsys, root, deployment.Options{}))
	return slices.Sorted(maps.Keys(found))
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

// installation is an entry of the manifest that terraform init writes.
type installation struct{ Key, Source, Version, Dir string }

// installed are the modules that terraform init has put below .terraform, by their key: the
// names of the calls that lead to them, with dots between.
func (l *loader) installed(root string) map[string]installation {
	content, err := source.ReadFile(l.fsys, path.Join(root, ".terraform/modules/modules.json"))
	if err != nil {
		return nil // not initialised
	}
	var manifest struct{ Modules []installation }
	if json.Unmarshal(content, &manifest) != nil {
		return nil
	}
	found := map[string]installation{}
	for _, m := range manifest.Modules {
		m.Dir = path.Join(root, m.Dir)
		if names, err := sources(l.fsys, m.Dir); err == nil && len(names) > 0 { // else the download is incomplete
			found[m.Key] = m
		}
	}
	return found
}

// isOf reports whether an entry of the manifest of a root module is the download of a source. A change can commit a
// manifest, so an entry for another source and a directory where terraform init puts nothing do not count.
func (i installation) isOf(root, from string) bool {
	isSame := i.Source == from || withoutHost(i.Source) == from || withoutGetter(i.Source) == withoutGetter(from)
	return isSame && source.Holds(path.Join(root, ".terraform/modules"), i.Dir)
}

// withoutHost returns the address of a module in a registry without the host, which terraform init adds.
func withoutHost(address string) string {
	host, rest, ok := strings.Cut(address, "/")
	if !ok || !strings.Contains(host, ".") {
		return address
	}
	return rest
}

// withoutGetter returns a source in the form that the manifest may have: without the scheme that Terraform adds.
func withoutGetter(from string) string {
	from = strings.TrimPrefix(from, "git::")
	from = strings.TrimPrefix(from, "https://")
	before, query, hasQuery := strings.Cut(from, "?")
	before = strings.ReplaceAll(before, ".git//", "//")
	before = strings.TrimSuffix(before, ".git")
	if !hasQuery {
		return before
	}
	return before + "?" + query
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
