//go:build ignore

// Detectors makes detectors.txt from the rules of gitleaks:
//
//	go run detectors.go FILE VERSION DATE
//
// where FILE is config/gitleaks.toml of the module github.com/zricethezav/gitleaks/v8. The table contains
// only the forms of tokens. The conditions of gitleaks on paths, commits and words do not apply to lintel.
package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// header names the source of the data, as the license of gitleaks requires.
const header = `# The forms of tokens, one to a line: id, least entropy, group of the secret, whether the name of
# the setting is part of the form, keywords, regular expression; separated by tabs.
# Made by detectors.go from gitleaks %s (%s), config/gitleaks.toml, https://github.com/gitleaks/gitleaks,
# Copyright (c) 2019 Zachary Rice, MIT License.
`

// left are rules that are not kept: names that open nothing, what belongs to another rule of
// lintel, and what only makes sense with the name of a file.
var left = regexp.MustCompile(`-client-id$|-access-key-id$|-access-id$|-user-api-id$|-pub(lic)?(-api)?-key$|^(generic-api-key|aws-access-token|hashicorp-tf-password|kubernetes-secret-yaml|nuget-config-password|pkcs12-file|curl-auth-header|curl-auth-user|freemius-secret-key)$`)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "detectors:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("give the file, the version and its date")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var lines []string
	for _, rule := range strings.Split(string(text), "\n[[rules]]\n")[1:] {
		if line := detector(rule); line != "" {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	out := fmt.Sprintf(header, args[1], args[2]) + strings.Join(lines, "\n") + "\n"
	return os.WriteFile("detectors.txt", []byte(out), 0o644)
}

// detector is the line of a rule, empty when it is not kept.
func detector(rule string) string {
	rule, _, _ = strings.Cut(rule, "[[rules.allowlists]]")
	id, expression := field(rule, `id = "(.*?)"`), field(rule, `(?s)\bregex = '''(.*?)'''`)
	if left.MatchString(id) || expression == "" {
		return ""
	}
	named := "-"
	if strings.Contains(expression, `[\w.-]{0,50}?`) {
		named = "named"
	}
	group, entropy := field(rule, `secretGroup = (\d+)`), field(rule, `\bentropy = ([\d.]+)`)
	if group == "" {
		group = "0"
	}
	if entropy == "" {
		entropy = "0"
	}
	var keywords []string
	for _, match := range regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(field(rule, `(?s)keywords = \[(.*?)\]`), -1) {
		keywords = append(keywords, strings.ToLower(match[1]))
	}
	return strings.Join([]string{id, entropy, group, named, strings.Join(keywords, " "), expression}, "\t")
}

func field(rule, expression string) string {
	if match := regexp.MustCompile(expression).FindStringSubmatch(rule); match != nil {
		return match[1]
	}
	return ""
}
