package page_test

import (
	"strings"
	"testing"

	"lintel/internal/page"
)

func TestHead(t *testing.T) {
	head := page.Head(`a <b> "c"`, "p { color: red }", "")
	for _, want := range []string{
		"<title>a &lt;b&gt; &#34;c&#34;</title>", "<style>p { color: red }</style>",
		"style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='", "script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
	} {
		if !strings.Contains(head, want) {
			t.Errorf("no %s in\n%s", want, head)
		}
	}
	if end := page.End("x()"); !strings.HasPrefix(end, "<script>x()</script>") {
		t.Error(end)
	}
}
