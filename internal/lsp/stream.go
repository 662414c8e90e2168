package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// Sizes that no client needs to exceed. What is longer is passed over, not kept.
const (
	maxHeaderLine = 4 << 10
	maxMessage    = 64 << 20
)

// stream frames messages. A message that cannot be understood is answered with an error, as far as
// the protocol has an answer, and the next one is read: only the end of the input ends it.
type stream struct {
	in     *bufio.Reader
	closer io.Closer

	mu  sync.Mutex // guards out
	out io.Writer
}

func newStream(rwc io.ReadWriteCloser) *stream {
	return &stream{in: bufio.NewReaderSize(rwc, 64<<10), out: rwc, closer: rwc}
}

// ReadObject reads the next message that can be understood.
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

// contentLength is the header that counts. What is left of a message with a wrong length may stand before it.
var contentLength = regexp.MustCompile(`(?i)content-length:[ \t]*([^ \t]*)[ \t]*$`)

// message reads the content of the next message. An error that is errFrame leaves the rest readable.
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
			continue // a header that is not needed
		}
		n, err := strconv.Atoi(m[1])
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%w: Content-Length is %.40q", errFrame, m[1])
		}
		length = n
	}
	switch {
	case length < 0:
		return nil, fmt.Errorf("%w: there is no Content-Length", errFrame)
	case length > maxMessage:
		if _, err := io.CopyN(io.Discard, s.in, int64(length)); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %d bytes are more than %d", errFrame, length, maxMessage)
	}
	return s.content(length)
}

// content reads as many bytes as were announced. It takes memory as they come, so that a header
// alone costs nothing.
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

// line reads a line of the header without its end. What is longer than a header is passed over.
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

// refuse answers a message of which not even the id is known.
func (s *stream) refuse(code int64, why error) {
	_ = s.WriteObject(map[string]any{ // a client that reads no answers needs none
		"jsonrpc": jsonrpcVersion, "id": nil, "error": map[string]any{"code": code, "message": why.Error()},
	})
}

const jsonrpcVersion = "2.0"

// WriteObject writes a message.
func (s *stream) WriteObject(v any) error {
	content, err := json.Marshal(v)
	if err != nil {
		return err
	}
	frame := append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(content)), content...)
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.out.Write(frame)
	return err
}

// Close ends reading.
func (s *stream) Close() error { return s.closer.Close() }
