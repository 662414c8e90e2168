//go:build ignore

// Generate makes distributions.txt from the metadata of installed Python packages; "make modules" installs those that the file lists
// and runs it:
//
//	go run modules_generate.go DIRECTORY 2026-11-30
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var (
	nameIn    = regexp.MustCompile(`^[A-Za-z0-9._-]+`)
	separator = regexp.MustCompile(`[-_.]+`)
	extension = regexp.MustCompile(`\.(py|abi3\.so|cpython[^/]*\.so|so)$`)
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("give the directory of the packages and the date of their installation")
	}
	infos, err := filepath.Glob(filepath.Join(args[0], "*.dist-info"))
	if err != nil {
		return err
	}
	var lines []string
	for _, info := range infos {
		line, err := lineOf(args[0], info)
		if err != nil {
			return err
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	head := "# Metadata of packages from PyPI, " + args[1] + "; made by modules_generate.go: distribution, its modules: required distributions; those of extras.\n"
	return os.WriteFile("distributions.txt", []byte(head+strings.Join(slices.Compact(lines), "\n")+"\n"), 0o644)
}

// lineOf returns the line of a package.
func lineOf(root, info string) (string, error) {
	name, requires, extras, err := metadata(filepath.Join(info, "METADATA"))
	if err != nil {
		return "", err
	}
	modules, err := modulesOf(root, filepath.Join(info, "RECORD"))
	if err != nil || len(modules) == 0 {
		return "", err
	}
	line := normalized(name) + " " + strings.Join(modules, " ") + ":"
	for _, r := range requires {
		line += " " + r
	}
	if len(extras) > 0 {
		line += "; " + strings.Join(extras, " ")
	}
	return line, nil
}

func normalized(name string) string { return strings.ToLower(separator.ReplaceAllString(name, "-")) }

// metadata reads the name and the requirements of a package.
func metadata(file string) (name string, requires, extras []string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", nil, nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && lines.Text() != "" {
		key, value, _ := strings.Cut(lines.Text(), ": ")
		switch key {
		case "Name":
			name = value
		case "Requires-Dist":
			if one := normalized(nameIn.FindString(value)); strings.Contains(value, "extra ==") || strings.Contains(value, "extra=") {
				extras = append(extras, one)
			} else {
				requires = append(requires, one)
			}
		}
	}
	slices.Sort(requires)
	slices.Sort(extras)
	return name, slices.Compact(requires), slices.Compact(extras), lines.Err()
}

// modulesOf returns the modules of a package. A directory without __init__.py is a namespace, whose modules count.
func modulesOf(root, record string) ([]string, error) {
	text, err := os.ReadFile(record)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		file, _, _ := strings.Cut(line, ",")
		parts := strings.Split(file, "/")
		if !extension.MatchString(file) || strings.HasPrefix(file, "..") || strings.Contains(parts[0], ".dist-info") || strings.Contains(parts[0], ".data") {
			continue
		}
		for n := range parts {
			stem := extension.ReplaceAllString(parts[n], "")
			isLast := n == len(parts)-1
			if isLast && stem == "__init__" || strings.ContainsAny(stem, "-.") {
				break
			}
			dir := filepath.Join(append([]string{root}, parts[:n+1]...)...)
			if _, err := os.Stat(filepath.Join(dir, "__init__.py")); isLast || err == nil {
				found[strings.Join(append(slices.Clone(parts[:n]), stem), ".")] = true
				break
			}
		}
	}
	var all []string
	for module := range found {
		if !slices.Contains([]string{"tests", "test", "docs", "examples", "bin", "scripts"}, strings.SplitN(module, ".", 2)[0]) {
			all = append(all, module)
		}
	}
	slices.Sort(all)
	return all, nil
}
