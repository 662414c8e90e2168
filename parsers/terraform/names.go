package terraform

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// identityProvider is the type whose ARN ends with the address of the provider.
const identityProvider = "aws_iam_openid_connect_provider"

// nameOf is the name of a resource or data source where it is written and known.
func (s scope) nameOf(address string, b *block, k key, of expansion) string {
	if b.labels[0] == identityProvider {
		url, marks := s.argumentOf(address, b, k, of, "url").Unmark()
		text, ok := "", isKnownString(url)
		if ok {
			text = url.AsString()
		} else if found := examplesOf(marks); len(found) == 1 {
			text = found[0].all()[0]
		}
		return strings.TrimPrefix(text, "https://")
	}
	for _, attribute := range []string{"name", "bucket", "function_name", "layer_name", "alias", "service"} {
		if name, _ := s.argumentOf(address, b, k, of, attribute).Unmark(); isKnownString(name) && name.AsString() != "" {
			return name.AsString()
		}
	}
	return ""
}

// argumentOf is the value of an argument of a resource or data source; null: it is not written.
func (s scope) argumentOf(address string, b *block, k key, of expansion, name string) cty.Value {
	a := b.body.get(name)
	if a == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	return s.once(address+k.suffix()+"."+name, a.nameAt, func() cty.Value { return k.in(s.instance, of).value(a.expr) })
}
