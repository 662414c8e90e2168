package yamltext

import "testing"

func TestAsYAML(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"tabs", "{\t\"a\":\t1}", `{ "a": 1}`},
		{"half of a surrogate pair", `"\ud83d"`, `"\ufffd"`},
		{"a surrogate pair", `"\uD83D\uDE00"`, `"\ufffd\ufffd"`},
		{"another escape", `"\u00e9\n"`, `"\u00e9\n"`},
		{"an escaped slash", `"a\/b and c"`, `"a\Lb and c"`},
		{"an escaped backslash before u", `"\\ud83d"`, `"\\ud83d"`},
		{"an escaped backslash before a slash", `"\\/ text"`, `"\\/ text"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := string(asYAML([]byte(tt.text)))
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if len(got) != len(tt.text) {
				t.Error("bytes have moved")
			}
		})
	}
}
