package lsp

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/secrets"
)

// buffer is the connection to an editor that sends nothing.
type buffer struct{ bytes.Buffer }

func (*buffer) Close() error { return nil }

// TestMessagesAreMasked checks that the stream masks every text of a message but the names of documents and the texts of edits,
// whatever the parts of the server that make messages mask.
func TestMessagesAreMasked(t *testing.T) {
	const secret = "Tr0ub4dor&3"
	out := &buffer{}
	s := newStream(out)
	s.mask.Store(secrets.NewMask([]string{secret}))
	message := map[string]any{
		"message": "the password is " + secret, "uri": "file:///" + secret, "newText": secret, "list": []any{secret, 1},
		"in": map[string]any{"value": secret, "data": map[string]any{"value": secret}},
	}
	if err := s.WriteObject(message); err != nil {
		t.Fatal(err)
	}
	_, content, _ := bytes.Cut(out.Bytes(), []byte("\r\n\r\n"))
	var got map[string]any
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	const stars = "***********"
	want := map[string]any{
		"message": "the password is " + stars, "uri": "file:///" + secret, "newText": secret, "list": []any{stars, 1.0},
		"in": map[string]any{"value": stars, "data": map[string]any{"value": secret}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
