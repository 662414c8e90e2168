package source_test

import (
	"testing"

	"lintel/internal/source"
)

func TestBlankComments(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1}`:                         `{"a": 1}`,
		"// x\n{}":                         "    \n{}",
		"{/* x\n */\"a\": 1}":              "{    \n   \"a\": 1}",
		`{"a": "// b", "c": "\" /* d */"}`: `{"a": "// b", "c": "\" /* d */"}`,
		`{a: http://x, b: it's // c`:       `{a: http://x, b: it's     `,
		`{'a': '// b'} // c`:               `{'a': '// b'}     `,
		`{"a": 1, // é`:                    `{"a": 1,      `,
		`{} /* open`:                       `{}        `,
		"{} // a\r\n// b":                  "{}     \r\n    ",
	} {
		got, _, _ := source.BlankComments([]byte(text))
		if string(got) != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if text := []byte("// a\n /* b */ {"); !source.StartsAsJSON(text) || source.StartsAsJSON([]byte("/ {")) || source.StartsAsJSON([]byte("/* {")) {
		t.Error("StartsAsJSON")
	}
}
