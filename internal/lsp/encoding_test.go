package lsp_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEncodings checks positions and edits in every position encoding.
func TestEncodings(t *testing.T) {
	text := strings.ReplaceAll("# é😀\n\tvariable \"é😀\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name = \"f\"\n\t/* é😀 */ authorization_type = \"NONE\" # 😀\n}\n", "\n", "\r\n")
	for _, tt := range []struct {
		offered []string
		agreed  string
		from    int
	}{
		{[]string{"utf-16"}, "utf-16", 32},
		{nil, "utf-16", 32},
		{[]string{"utf-16", "utf-8"}, "utf-8", 35},
		{[]string{"utf-32", "utf-16"}, "utf-32", 31},
		{[]string{"utf-7"}, "utf-16", 32},
	} {
		t.Run(fmt.Sprint(tt.offered), func(t *testing.T) {
			c := start(t, folder(t, map[string]string{"main.tf": text}))
			result := c.call("initialize", object{"rootUri": c.uri("."), "capabilities": object{"general": object{"positionEncodings": tt.offered}}}).(object)
			if got := result["capabilities"].(object)["positionEncoding"]; got != tt.agreed {
				t.Errorf("agreed on %v", got)
			}
			c.notify("initialized", object{})
			c.open("main.tf")
			c.shows("main.tf", "function-url-auth-none")
			want := fmt.Sprintf("4:%d-4:%d function-url-auth-none", tt.from, tt.from+6)
			if diff := cmp.Diff(want, c.diagnostics("main.tf")[0].String()); diff != "" {
				t.Error(diff)
			}
			c.edit("main.tf", object{"range": span(4, tt.from+1, 4, tt.from+5), "text": "AWS_IAM"}, object{"range": span(0, 0, 0, 0), "text": "# ü\r"})
			c.shows("main.tf")
			c.edit("main.tf", object{"range": span(5, tt.from+1, 5, tt.from+8), "text": "NONE"})
			c.shows("main.tf", "function-url-auth-none")
			if got := c.diagnostics("main.tf")[0].Range.Start.Line; got != 5 {
				t.Errorf("line %d: a lone \\r ends a line", got)
			}
		})
	}
}

// TestPlacesThatAreNone checks that positions outside of the text are clamped.
func TestPlacesThatAreNone(t *testing.T) {
	c := session(t, map[string]string{"main.tf": ""})
	c.open("main.tf")
	c.shows("main.tf")
	c.edit("main.tf",
		object{"range": span(99999999, 99999999, 99999999, 0), "text": closedURL},
		object{"range": span(-3, -1, -2, -9), "text": openURL},
		object{"range": span(500, 99, 0, 0), "text": openURL})
	c.shows("main.tf", "function-url-auth-none")
}
