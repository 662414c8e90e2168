package terraform

import (
	"slices"
	"strconv"
	"strings"
)

// allows reports whether the version of a downloaded module may satisfy the constraint of its call
// (https://developer.hashicorp.com/terraform/language/expressions/version-constraints). It is false only if it certainly
// does not.
func allows(constraint, version string) bool {
	has, ok := versionParts(version)
	if !ok {
		return true
	}
	for part := range strings.SplitSeq(constraint, ",") {
		part = strings.TrimSpace(part)
		number := strings.TrimLeft(part, "=!<>~ ")
		operator := strings.TrimSpace(strings.TrimSuffix(part, number))
		wanted, ok := versionParts(number)
		if ok && !satisfies(has, operator, wanted) {
			return false
		}
	}
	return true
}

// satisfies reports whether a version meets one condition.
func satisfies(has []int, operator string, wanted []int) bool {
	order := compareVersions(has, wanted)
	switch operator {
	case "", "=":
		return order == 0
	case "!=":
		return order != 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case "~>": // only the last part may be greater
		fixed := max(1, len(wanted)-1)
		return order >= 0 && slices.Equal(padded(has)[:fixed], padded(wanted)[:fixed])
	}
	return true
}

// numParts is the number of parts of a version that are compared.
const numParts = 3

func padded(parts []int) []int {
	return append(slices.Clone(parts), make([]int, max(0, numParts-len(parts)))...)
}

func compareVersions(a, b []int) int {
	return slices.Compare(padded(a), padded(b))
}

// versionParts returns the numbers of a version. It is false for one that has other parts, such as a prerelease.
func versionParts(text string) ([]int, bool) {
	var parts []int
	for field := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSpace(text), "v"), ".") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 0 {
			return nil, false
		}
		parts = append(parts, n)
	}
	return parts, true
}
