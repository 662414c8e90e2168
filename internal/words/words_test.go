package words_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/words"
)

func TestOffences(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"none", "The execution role allows every action.", nil},
		{"a term", "The folder of the rule", []string{`"folder": write directory`}},
		{"a plural, with a capital", "Folders are searched", []string{`"Folders": write directory`}},
		{"over a line break", "a way to\n  more rights", []string{`"way to\n  more rights": write privilege escalation`, `"rights": write permissions`}},
		{"twice", "Whoever mends it", []string{`"mends": write fix`, `"Whoever": write user, caller, attacker`}},
		{"part of a word", "amend, start, folderless", nil},
		{"part of an identifier", "policy-admin-star, star-policy, star_x and a/star", nil},
		{"before a full stop", "a star. And more", []string{`"star": write wildcard`}},
		{"before a full stop at the end", "a star.", []string{`"star": write wildcard`}},
		{"code", "Set `folder` to `*`", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, words.Offences(tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDescription(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"subject first", "A rule flags what it finds. It shows how.", nil},
		{"first sentence", "What is written here is public. So it leaks.", []string{`"What is written here is public": start the sentence with its subject`}},
		{"later sentence", "It leaks.\nThat must be intended.", []string{`"That must be intended": start the sentence with its subject`}},
		{"a longer word", "Whatever works. Howling.", nil},
		{"a banned term", "A folder leaks.", []string{`"folder": write directory`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, words.Description(tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMessage(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"right", "Url is public: AuthType is NONE", nil},
		{"full stop", "Url is public.", []string{"ends with a full stop"}},
		{"lower case", "the role Url is public", []string{"starts with lower case"}},
		{"without the resource", "It is public", []string{"does not contain the resource Url"}},
		{"undefined", "Url is <undefined>", []string{"contains an undefined value"}},
		{"a banned term", "Url answers anyone", []string{`"answers anyone": write is public`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, words.Message(tt.text, "Url")); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := words.Message("Star is public", "Star"); got != nil {
		t.Errorf("an id that is a banned term: %q", got)
	}
	if got := words.Message("aws_lambda_function_url.u is public", "aws_lambda_function_url.u"); got != nil {
		t.Errorf("an id in lower case at the start: %q", got)
	}
}

// TestList checks the list itself: each line is a comment or two columns, sensible as an expression, and not offending
// in its second column.
func TestList(t *testing.T) {
	text, err := os.ReadFile("banned.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "\t")
		if len(columns) != 2 || columns[0] == "" || columns[1] == "" {
			t.Errorf("%q does not have two columns", line)
			continue
		}
		banned, err := regexp.Compile(columns[0])
		if err != nil {
			t.Error(err)
		} else if banned.MatchString("") {
			t.Errorf("%q matches everything", line)
		}
		if bad := words.Offences(columns[1]); bad != nil {
			t.Errorf("%q recommends a banned term: %v", line, bad)
		}
	}
}
