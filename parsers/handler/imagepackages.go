package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/dockerfile"
)

// installs reads the Python packages that the commands of the last stage install: the lists, and those that they name. It is false if
// a command may install others.
func (i *image) installs() (lists []string, named []requirement, ok bool) {
	for _, command := range i.stages[i.last].Commands {
		text := strings.NewReplacer("${LAMBDA_TASK_ROOT}", taskRoot, "$LAMBDA_TASK_ROOT", taskRoot, "&&", "\n", ";", "\n").Replace(command.Text)
		for line := range strings.Lines(text) {
			words := strings.Fields(line)
			arguments, isPip := afterPip(words)
			if !isPip && (len(words) == 0 || addsNoModule(words[0])) {
				continue
			}
			files, names, isRead := pipInstall(arguments)
			if !isPip || !isRead {
				return nil, nil, false
			}
			named = append(named, names...)
			for _, file := range files {
				found := i.listIn(command, file)
				if found == "" {
					return nil, nil, false
				}
				lists = append(lists, found)
			}
		}
	}
	return lists, named, true
}

// listIn returns the file of the repository that a path in a command comes from; "" if it cannot be determined.
func (i *image) listIn(command dockerfile.Command, file string) string {
	if !path.IsAbs(file) {
		if command.Directory == "" {
			return ""
		}
		file = path.Join(command.Directory, file)
	}
	for _, name := range i.files(i.last, file) {
		if i.reader.isFile(name) {
			return name
		}
	}
	return ""
}

// addsNoModule reports whether a program adds no module that the code imports.
func addsNoModule(program string) bool {
	return slices.Contains([]string{"mkdir", "rm", "chmod", "chown", "echo", "touch", "ls", "yum", "dnf", "microdnf", "apt-get", "apk", "true", "set"}, path.Base(program))
}

// afterPip returns the words after the name of pip.
func afterPip(words []string) ([]string, bool) {
	if len(words) > 2 && strings.HasPrefix(path.Base(words[0]), "python") && words[1] == "-m" { //nolint:mnd // python -m pip
		words = words[2:]
	}
	if len(words) < 2 || words[0] != "pip" && words[0] != "pip3" || words[1] != "install" { //nolint:mnd // pip install
		return nil, false
	}
	return words[2:], true
}

// pipInstall reads the arguments of pip install: lists and names. It is false if one is something else.
func pipInstall(words []string) (lists []string, names []requirement, ok bool) {
	option := "" // whose value is the next word
	for _, word := range words {
		word = strings.Trim(word, `"'`)
		switch {
		case option == "-r" || option == "--requirement":
			lists = append(lists, word)
			option = ""
		case option != "":
			option = ""
		case hasValue(word):
			option = word
		case strings.HasPrefix(word, "-"):
			if slices.ContainsFunc([]string{"-e", "-r", "--editable", "--requirement"}, func(prefix string) bool { return strings.HasPrefix(word, prefix) }) {
				return nil, nil, false
			}
		default:
			one, isName := requirementOf(word)
			if !isName || strings.ContainsAny(word, "$/") {
				return nil, nil, false
			}
			names = append(names, one)
		}
	}
	return lists, names, true
}

// hasValue reports whether the value of an option of pip install is the next word.
func hasValue(option string) bool {
	return slices.Contains([]string{
		"-r", "--requirement", "-t", "--target", "-i", "--index-url", "--platform", "--python-version", "--implementation", "--only-binary", "--no-binary",
	}, option)
}
