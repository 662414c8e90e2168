package handler

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
	"lintel/parsers/handler/code"
)

// layers are the directories that the layers of a function add to what its code can import.
// https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
type layers struct {
	own    []string // with modules of the repository
	others []string // with packages of others
	opt    []string // directories that are /opt
}

// layersOf returns the directories of the layers of a function that the stack declares. It sets hasMore if a layer is elsewhere, or
// a tool adds packages to it.
func (l *location) layersOf(r *reader, f *model.Function) {
	l.hasMore = f.Layers.State == tree.StateUnknown
	for i := range f.Layers.Items {
		targets := f.Layers.Items[i].Targets()
		if len(targets) != 1 {
			l.hasMore = true
			continue
		}
		layer := &r.stack.Layers[targets[0]]
		var at location
		dir, why := "", "the layer is elsewhere"
		if layer.Code.Path.State == tree.StateKnown || layer.Code.Asset.State == tree.StateKnown {
			of := model.Function{Resource: layer.Resource, Code: layer.Code}
			dir, why = r.codePath(&of, &at)
		}
		if why != "" || !r.isDir(dir) {
			l.hasMore = true
			continue
		}
		l.addLayer(r, dir, at.isBuilt)
	}
}

// addLayer adds the directories of a layer. A tool builds it from the directory, or the directory is its content.
func (l *location) addLayer(r *reader, dir string, isBuilt bool) {
	content := map[bool]string{true: "python", false: "nodejs"}[l.language == code.Python]
	l.hasMore = l.hasMore || isBuilt || r.isFile(path.Join(dir, "Makefile")) || !r.isDir(path.Join(dir, content))
	l.layers.opt = append(l.layers.opt, dir)
	if l.language != code.Python {
		root := path.Join(dir, "nodejs")
		if isBuilt && !r.isDir(root) {
			l.layers.opt, root = append(l.layers.opt, path.Dir(dir)), dir
		}
		l.layers.others = append(l.layers.others, path.Join(root, "node_modules"))
		return
	}
	root := path.Join(dir, "python")
	if isBuilt && !r.isDir(root) {
		root = dir
	}
	if r.isVendored(root) {
		l.layers.others = append(l.layers.others, root)
	} else {
		l.layers.own = append(l.layers.own, root)
	}
	for _, v := range r.entries(path.Join(root, "lib")) {
		if strings.HasPrefix(v.Name(), "python") {
			l.layers.others = append(l.layers.others, path.Join(root, "lib", v.Name(), "site-packages"))
		}
	}
}

// isVendored reports whether a directory contains installed packages.
func (r *reader) isVendored(dir string) bool {
	for _, e := range r.entries(dir) {
		if strings.HasSuffix(e.Name(), ".dist-info") || strings.HasSuffix(e.Name(), ".egg-info") {
			return true
		}
	}
	return false
}

// isInstalled reports whether a package manager has put a package or a module into a directory.
// https://packaging.python.org/en/latest/specifications/recording-installed-packages/
func (r *reader) isInstalled(dir, name string) bool {
	if !r.isVendored(dir) {
		return false
	}
	return slices.ContainsFunc(r.entries(dir), func(e fs.DirEntry) bool {
		if !strings.HasSuffix(e.Name(), ".dist-info") {
			return false
		}
		files := "\n" + r.manifest(path.Join(dir, e.Name(), "RECORD"))
		return strings.Contains(files, "\n"+name+"/") || strings.Contains(files, "\n"+name+".py,")
	})
}

// inLayers reports whether a layer contains a package or a module.
func (p *program) inLayers(name string) bool {
	for _, dirs := range [][]string{p.layers.own, p.layers.others} {
		for _, dir := range dirs {
			if at := path.Join(dir, name); p.reader.isDir(at) || p.reader.isFile(at+".py") {
				return true
			}
			if path.Base(dir) == "node_modules" && p.lists(path.Join(path.Dir(dir), "package.json"), name, false) {
				return true
			}
		}
	}
	return false
}

// fromOpt returns the path of a file of a layer by its path in the function: /opt/nodejs/db.
func (p *program) fromOpt(name string) []string {
	rest, ok := strings.CutPrefix(name, "/opt/")
	if !ok {
		return nil
	}
	for _, dir := range p.layers.opt {
		stem := path.Join(dir, rest)
		if found := p.firstIn(dir, scriptsOf(stem)...); len(found) > 0 {
			return found
		}
	}
	return nil
}
