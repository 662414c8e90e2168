package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sourcegraph/jsonrpc2"

	"lintel/internal/secrets"
)

// Size limits, above those of real clients. Longer messages are skipped without being kept in memory.
const (
	maxHeaderLine = 4 << 10
	maxMessage    = 64 << 20
)

// stream frames messages. It responds to invalid messages with an error where the protocol allows it and continues with
// the next one: only the end of the input ends it.
type stream struct {
	in     *bufio.Reader
	closer io.Closer

	mask atomic.Pointer[secrets.Mask] // of the secrets in the checked documents; nil before the first check

	mu  sync.Mutex // guards out
	out io.Writer
}

func newStream(rwc io.ReadWriteCloser) *stream {
	return &stream{in: bufio.NewReaderSize(rwc, 64<<10), out: rwc, closer: rwc}
}

// ReadObject reads the next valid message.
func (s *stream) ReadObject(v any) error {
	for {
		content, err := s.message()
		switch {
		case errors.Is(err, errFrame):
			s.refuse(jsonrpc2.CodeParseError, err)
			continue
		case err != nil:
			return err
		}
		if !json.Valid(content) {
			s.refuse(jsonrpc2.CodeParseError, errNotJSON)
			continue
		}
		if err := json.Unmarshal(content, v); err != nil {
			s.refuse(jsonrpc2.CodeInvalidRequest, err)
			continue
		}
		return nil
	}
}

var (
	errFrame   = errors.New("the message has no valid header")
	errNotJSON = errors.New("the message is not JSON")
)

// contentLength matches the header. It may follow the rest of a message with a wrong length.
var contentLength = regexp.MustCompile(`(?i)content-length:[ \t]*([^ \t]*)[ \t]*$`)

// message reads the content of the next message. After errFrame, the next message can be read.
func (s *stream) message() ([]byte, error) {
	length := -1
	for {
		line, err := s.line()
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		m := contentLength.FindStringSubmatch(line)
		if m == nil {
			continue // ignore other headers
		}
		n, err := strconv.Atoi(m[1])
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%w: Content-Length is %.40q", errFrame, m[1])
		}
		length = n
	}
	switch {
	case length < 0:
		return nil, fmt.Errorf("%w: Content-Length is missing", errFrame)
	case length > maxMessage:
		if _, err := io.CopyN(io.Discard, s.in, int64(length)); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %d bytes exceed the limit of %d", errFrame, length, maxMessage)
	}
	return s.content(length)
}

// content reads length bytes. It allocates memory as they arrive, so that a header alone cannot exhaust it.
func (s *stream) content(length int) ([]byte, error) {
	var content strings.Builder
	n, err := io.CopyN(&content, s.in, int64(length))
	if err == nil {
		return []byte(content.String()), nil
	}
	if n < int64(length) && errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	return nil, err
}

// line reads a header line without its end, and skips what exceeds the limit.
func (s *stream) line() (string, error) {
	var line []byte
	for {
		part, more, err := s.in.ReadLine()
		if err != nil {
			return "", err
		}
		if len(line) < maxHeaderLine {
			line = append(line, part...)
		}
		if !more {
			return string(line[:min(len(line), maxHeaderLine)]), nil
		}
	}
}

// refuse responds to a message without a known id.
func (s *stream) refuse(code int64, why error) {
	_ = s.WriteObject(map[string]any{ // fails only if the client is gone
		"jsonrpc": jsonrpcVersion, "id": nil, "error": map[string]any{"code": code, "message": why.Error()},
	})
}

const jsonrpcVersion = "2.0"

// WriteObject writes a message.
func (s *stream) WriteObject(v any) error {
	content, err := s.masked(v)
	if err != nil {
		return err
	}
	frame := append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(content)), content...)
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.out.Write(frame)
	return err
}

// masked encodes a message in which every text for the user is masked. Everything that the server writes passes through
// it. Most messages contain no secret and are encoded once.
func (s *stream) masked(v any) ([]byte, error) {
	content, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	mask := s.mask.Load()
	if text := string(content); mask.Text(text) == text {
		return content, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var decoded any
	if err := decoder.Decode(&decoded); err != nil {
		return nil, err
	}
	return json.Marshal(maskTexts(decoded, mask))
}

// exact are the members whose values the editor uses as they are: names of documents, which it chose itself, what it sends
// back, and the text of edits, which comes from the document and goes back to it.
const exact = " uri target targetUri resultId newText data arguments id method token fingerprint command "

func maskTexts(value any, mask *secrets.Mask) any {
	switch x := value.(type) {
	case string:
		return mask.Text(x)
	case []any:
		for i := range x {
			x[i] = maskTexts(x[i], mask)
		}
	case map[string]any:
		for key, member := range x {
			_, isText := member.(string)
			if strings.Contains(exact, " "+key+" ") && (isText || key == "data" || key == "arguments") {
				continue
			}
			x[key] = maskTexts(member, mask)
		}
	}
	return value
}

// Close ends reading.
func (s *stream) Close() error { return s.closer.Close() }
