package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// decoded follows a part of the event into the variable that a call in Go decodes it to: json.Unmarshal([]byte(event.Body), &order),
// json.NewDecoder(strings.NewReader(event.Body)).Decode(&order).
func (f *flow) decoded(function int, call *code.Expr) {
	if f.code.Language != code.Go || call.Items[0].Kind != code.Member {
		return
	}
	from, to := argument(call, "", 0), argument(call, "", 1)
	if calleeText(call) == "Decode" {
		from, to = call.Items[0].Items[0], from
	} else if f.callee(call.Items[0]) != "encoding/json.Unmarshal" {
		return
	}
	if name := rootOf(to); name != "" && f.has(function, from) {
		f.dirty[f.variable(function, name)] = true
	}
}

// parses reports whether a function of Go reads a value of another type from a text, which fails for others.
func parses(callee string) bool {
	return strings.HasPrefix(callee, "strconv.") || slices.Contains([]string{"uuid.Parse", "uuid.FromString", "ulid.Parse", "time.Parse", "net.ParseIP"}, path.Base(callee))
}

// keeps reports whether the result of a function of Go has what is in its arguments. Functions of the SDK, such as aws.ToString, do.
func (f *flow) keeps(callee *code.Expr) bool {
	name := f.callee(callee)
	return isListed(goKeeping, name) || isGoSDK(name)
}

// goKeeping is keeping for Go.
const goKeeping = "string fmt.Sprint fmt.Sprintf strings.TrimSpace strings.Trim strings.ToLower strings.ToUpper strings.Join strings.Split strings.TrimPrefix " +
	"strings.TrimSuffix strings.NewReader bytes.NewReader bytes.NewBufferString encoding/json.NewDecoder net/url.QueryUnescape net/url.PathUnescape"

// isNumber reports whether an expression is a field of Go whose values are no texts.
func (f *flow) isNumber(e *code.Expr) bool {
	return f.code.Language == code.Go && e.Kind == code.Member && f.f.isNumberField(e.Text)
}

// isNumberField reports whether every type of the program in Go with a field of a name gives it a type whose values are no texts.
func (p *program) isNumberField(field string) bool {
	if p.numbers == nil {
		p.numbers = map[string]bool{}
		for _, m := range p.modules {
			for _, class := range m.code.Classes {
				for _, f := range class.Fields {
					others, isSeen := p.numbers[f.Name]
					p.numbers[f.Name] = isNumberType(f.Type) && (others || !isSeen)
				}
			}
		}
	}
	return p.numbers[field]
}

func isNumberType(name string) bool {
	return slices.Contains([]string{
		"bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "time.Time", "time.Duration", "uuid.UUID",
	}, name)
}
