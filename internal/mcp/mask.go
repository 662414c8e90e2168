package mcp

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/secrets"
)

// masks masks the texts that leave. It keeps the secrets of the last check of each root.
type masks struct {
	mu     sync.Mutex
	hidden map[string][]string
}

// learn returns a mask of the secrets of a root, and masks them in later messages, too.
func (m *masks) learn(root string, hidden []string) *secrets.Mask {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hidden == nil {
		m.hidden = map[string][]string{}
	}
	m.hidden[root] = slices.Clone(hidden)
	return secrets.NewMask(hidden)
}

func (m *masks) current() *secrets.Mask {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []string
	for _, hidden := range m.hidden { // any order: the mask sorts them
		all = append(all, hidden...)
	}
	return secrets.NewMask(all)
}

// failure masks the message of an error.
func (m *masks) failure(err error) error {
	mask := m.current()
	if wire, ok := errors.AsType[*jsonrpc.Error](err); ok {
		return &jsonrpc.Error{Code: wire.Code, Message: mask.Text(wire.Message)}
	}
	return errors.New(mask.Text(err.Error()))
}

// result masks the texts of the result of a call.
func (m *masks) result(result sdk.Result) (sdk.Result, error) {
	mask := m.current()
	switch r := result.(type) {
	case *sdk.CallToolResult:
		for _, content := range r.Content {
			if text, ok := content.(*sdk.TextContent); ok {
				text.Text = maskText(text.Text, mask)
			}
		}
		if raw, ok := r.StructuredContent.(json.RawMessage); ok {
			masked, err := maskJSON(raw, mask)
			if err != nil {
				return nil, err
			}
			r.StructuredContent = masked
		}
	case *sdk.ReadResourceResult:
		for _, content := range r.Contents {
			content.Text = mask.Text(content.Text)
		}
	}
	return result, nil
}

// maskText masks a text. In a JSON object it masks each string by itself, so that the text stays valid.
func maskText(text string, mask *secrets.Mask) string {
	if len(text) > 0 && text[0] == '{' {
		if masked, err := maskJSON([]byte(text), mask); err == nil {
			return string(masked)
		}
	}
	return mask.Text(text)
}

// maskJSON masks each string of a JSON value. Most values contain no secret and stay as they are.
func maskJSON(content []byte, mask *secrets.Mask) (json.RawMessage, error) {
	if text := string(content); mask.Text(text) == text {
		return content, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(maskStrings(value, mask)); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

func maskStrings(value any, mask *secrets.Mask) any {
	switch x := value.(type) {
	case string:
		return mask.Text(x)
	case []any:
		for i := range x {
			x[i] = maskStrings(x[i], mask)
		}
	case map[string]any:
		for key, member := range x { // any order: each by itself
			x[key] = maskStrings(member, mask)
		}
	}
	return value
}
