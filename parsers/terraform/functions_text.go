package terraform

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// textFunctions are the functions of texts for which no maintained library exists.
func textFunctions() map[string]function.Function {
	return map[string]function.Function{
		"startswith":   textTest(strings.HasPrefix),
		"endswith":     textTest(strings.HasSuffix),
		"strcontains":  textTest(strings.Contains),
		"replace":      guarded(replaceFunction(), replaced),
		"base64decode": textFunction(decodeBase64),
		"base64gzip":   textFunction(zipped),
		"base64gunzip": textFunction(unzipped),
		"base64sha256": textFunction(func(s string) (string, error) { sum := sha256.Sum256([]byte(s)); return toBase64(sum[:]), nil }),
		"base64sha512": textFunction(func(s string) (string, error) { sum := sha512.Sum512([]byte(s)); return toBase64(sum[:]), nil }),
		"textencodebase64": recoding(func(text, encoding string) (string, error) {
			b, err := encodeText(text, encoding)
			return toBase64(b), err
		}),
		"textdecodebase64": recoding(decodeText),
		"urldecode":        textFunction(url.QueryUnescape),
		"timecmp":          timeCompareFunction(),
	}
}

var (
	errNotText  = errors.New("it is not text in UTF-8")
	errTooLong  = errors.New("it is too long")
	errEncoding = errors.New("lintel does not know this encoding")
)

func textFunction(f func(string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, err := f(args[0].AsString())
			return cty.StringVal(text), err
		},
	})
}

func textTest(f func(text, part string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(f(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

// replaceFunction is replace(text, search, replacement), where /search/ is a regular expression.
func replaceFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "search", Type: cty.String}, {Name: "replacement", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, search, replacement := args[0].AsString(), args[1].AsString(), args[2].AsString()
			if len(search) < 2 || search[0] != '/' || search[len(search)-1] != '/' {
				return cty.StringVal(strings.ReplaceAll(text, search, replacement)), nil
			}
			expression, err := regexp.Compile(search[1 : len(search)-1])
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(expression.ReplaceAllString(text, replacement)), nil
		},
	})
}

func toBase64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func decodeBase64(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err == nil && !utf8.Valid(b) {
		err = errNotText
	}
	return string(b), err
}

func zipped(s string) (string, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, s)
	err = errors.Join(err, w.Close())
	return toBase64(b.Bytes()), err
}

// unzipped stops at maxText: a few bytes can stand for gigabytes.
func unzipped(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", err
	}
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return "", err
	}
	b, err = io.ReadAll(io.LimitReader(r, maxText+1))
	switch {
	case err != nil:
		return "", err
	case len(b) > maxText:
		return "", errTooLong
	case !utf8.Valid(b):
		return "", errNotText
	}
	return string(b), nil
}

// recoding is a function of a text and the name of an encoding.
func recoding(f func(text, encoding string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "encoding", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, err := f(args[0].AsString(), args[1].AsString())
			return cty.StringVal(text), err
		},
	})
}

// byteOrder returns the order of an encoding by its IANA name, nil for UTF-8.
func byteOrder(encoding string) (binary.AppendByteOrder, error) {
	switch strings.ToUpper(encoding) {
	case "UTF-8":
		return nil, nil
	case "UTF-16LE":
		return binary.LittleEndian, nil
	case "UTF-16BE":
		return binary.BigEndian, nil
	}
	return nil, fmt.Errorf("%w: %s", errEncoding, encoding)
}

func encodeText(text, encoding string) ([]byte, error) {
	order, err := byteOrder(encoding)
	if order == nil {
		return []byte(text), err
	}
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out, nil
}

func decodeText(text, encoding string) (string, error) {
	order, err := byteOrder(encoding)
	if err != nil {
		return "", err
	}
	if order == nil {
		return decodeBase64(text)
	}
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", err
	}
	var units []uint16
	for ; len(b) > 1; b = b[2:] {
		low, high := uint16(b[0]), uint16(b[1])
		if encoding[len(encoding)-2]|0x20 == 'b' {
			low, high = high, low
		}
		units = append(units, low|high<<8)
	}
	return string(utf16.Decode(units)), nil
}

// timeCompareFunction is timecmp(a, b): -1, 0 or 1.
func timeCompareFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "a", Type: cty.String}, {Name: "b", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			a, err := time.Parse(time.RFC3339, args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			b, err := time.Parse(time.RFC3339, args[1].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return cty.NumberIntVal(int64(a.Compare(b))), nil
		},
	})
}
