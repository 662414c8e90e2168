package terraform

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/tree"
)

// ofNeighbour is an attribute of a data source that reads what another unit of the repository creates. It is false if no
// unit does.
func (s scope) ofNeighbour(b *block, k key, of expansion, attribute, name string) (cty.Value, bool) {
	if s.options.Elsewhere == nil {
		return cty.NilVal, false
	}
	key, ok := k.in(s.instance, of).keyOfNeighbour(b, attribute, name)
	if !ok {
		return cty.NilVal, false
	}
	value, ok := s.options.Lookup(key, b.header)
	if !ok {
		return cty.NilVal, false
	}
	if key.Kind == deployment.StateOutput { // what it does not have is unknown, as without the other unit
		for _, other := range s.allAttributes(b) {
			if value.Field(other).State == tree.StateAbsent {
				value.Fields = append(value.Fields, tree.Field{Key: other, Tree: tree.Unknown(b.header, "no output "+other+" is in the state")})
			}
		}
	}
	return fromTree(value), true
}

// keyOfNeighbour returns what an attribute of a data source with a name reads. It is false for other data sources and unknown
// names.
func (s scope) keyOfNeighbour(b *block, attribute, name string) (deployment.Key, bool) {
	isNamed := name != ""
	switch b.labels[0] + "." + attribute {
	case "terraform_remote_state.outputs":
		address := s.remoteState(b)
		return deployment.Key{Kind: deployment.StateOutput, Of: address, Name: attribute}, address != ""
	case "aws_ssm_parameter.value", "aws_ssm_parameter.insecure_value":
		return deployment.Key{Kind: deployment.StoreParameter, Name: name}, isNamed
	case "aws_cloudformation_export.value":
		return deployment.Key{Kind: deployment.StackExport, Name: name}, isNamed
	}
	return deployment.Key{}, false
}

// createdElsewhere returns the ID of the resource of another unit that a data source reads by its name.
func (s scope) createdElsewhere(b *block, name string) []string {
	of, ok := model.NamedAs(b.labels[0])
	if !ok || name == "" {
		return nil
	}
	found, _ := s.options.Lookup(deployment.Key{Kind: deployment.NamedResource, Of: of, Name: name}, b.header)
	return found.Refs
}

// fromTree converts the value of another unit.
func fromTree(t tree.Tree) cty.Value {
	value := bareOf(t)
	for _, id := range t.Refs {
		value = value.Mark(refMark{id})
	}
	for _, attribute := range t.Sources {
		value = value.Mark(sourceMark{attribute})
	}
	if t.Sensitive {
		value = value.Mark(sensitiveMark{})
	}
	if t.State == tree.StateUnknown {
		value = value.Mark(causeMark{t.Cause})
		if !t.Plain {
			value = value.Mark(patternMark{})
		}
		value = examples(value, strings.Join(append(slices.Clone(t.Refs), t.Cause), " "), t.Examples...)
	}
	return value
}

func bareOf(t tree.Tree) cty.Value {
	switch {
	case t.State == tree.StateUnknown && t.Prefix != "":
		return cty.UnknownVal(cty.String).Refine().NotNull().StringPrefixFull(t.Prefix).NewValue()
	case t.State == tree.StateUnknown:
		return cty.DynamicVal
	case t.IsList:
		items := make([]cty.Value, len(t.Items))
		for i, item := range t.Items {
			items[i] = fromTree(item)
		}
		return cty.TupleVal(items)
	case t.IsMap:
		fields := make(map[string]cty.Value, len(t.Fields))
		for _, f := range t.Fields {
			fields[f.Key] = fromTree(f.Tree)
		}
		return cty.ObjectVal(fields)
	}
	switch scalar := t.Scalar.(type) {
	case string:
		return cty.StringVal(scalar)
	case bool:
		return cty.BoolVal(scalar)
	case int:
		return cty.NumberIntVal(int64(scalar))
	case float64:
		return cty.NumberFloatVal(scalar)
	}
	return cty.NullVal(cty.DynamicPseudoType)
}

// stored returns the parameter of the parameter store that a resource is.
func stored(r model.Resource, properties tree.Tree) []deployment.Offer {
	if r.Type != "aws_ssm_parameter" {
		return nil
	}
	value := properties.Field("value")
	if value.State == tree.StateAbsent {
		value = properties.Field("insecure_value")
	}
	key, ok := deployment.KeyOf(deployment.StoreParameter, properties.Field("name"))
	kind, _ := properties.Field("type").String()
	if !ok || kind == "SecureString" || !deployment.MayBeStored(value) {
		return nil
	}
	return []deployment.Offer{{Key: key, Value: value}}
}

// state returns the outputs of a root module as a part of its state.
func (m *instance) state() []deployment.Offer {
	address := m.config.stateAddress()
	if address == "" {
		return nil
	}
	outputs := tree.Tree{State: tree.StateKnown, IsMap: true}
	for _, name := range slices.Sorted(maps.Keys(m.config.outputs)) {
		if a := m.config.outputs[name].body.get("value"); a != nil {
			outputs.Fields = append(outputs.Fields, tree.Field{Key: name, Tree: scope{instance: m}.tree(a.expr)})
		}
	}
	return []deployment.Offer{{Key: deployment.Key{Kind: deployment.StateOutput, Of: address, Name: "outputs"}, Value: outputs}}
}

// StateOf returns the address of the state of the root module in a directory. It is empty if the configuration does not
// contain it.
func StateOf(fsys fs.FS, dir string) string {
	return newLoader(fsys).load(dir).stateAddress()
}

// stateAddress returns the address of the state of a root module.
func (c *config) stateAddress() string {
	for _, settings := range c.settings {
		for _, b := range settings.body.blocks {
			switch {
			case b.kind == "backend" && len(b.labels) == 1 && b.labels[0] == "s3" && b.body.get("key") == nil && b.body.get("bucket") == nil:
				return deployment.StateIn + path.Base(c.dir)
			case b.kind == "backend" && len(b.labels) == 1:
				return stateAt(b.labels[0], c.dir, b.body.setting)
			case b.kind == "cloud":
				return stateAt("remote", c.dir, b.body.setting)
			}
		}
	}
	if slices.ContainsFunc(c.settings, hasBackend) {
		return "" // in JSON
	}
	return stateAt("local", c.dir, (&body{}).setting)
}

// stateAt returns the address of a state: its backend with the settings that locate it in that, empty if one is unknown.
// https://developer.hashicorp.com/terraform/language/backend
func stateAt(backend, dir string, setting func(name string) (text string, isSet bool)) string {
	get := func(name string) string { text, _ := setting(name); return text }
	var parts []string
	switch backend {
	case "local":
		name, isSet := setting("path")
		if !isSet {
			name = "terraform.tfstate"
		}
		if name == "" || path.IsAbs(name) {
			return ""
		}
		return "local:" + path.Join(dir, name)
	case "s3":
		parts = []string{get("bucket"), get("key")}
	case "gcs":
		parts = []string{get("bucket"), get("prefix")}
	case "azurerm":
		parts = []string{get("storage_account_name"), get("container_name"), get("key")}
	case "remote":
		parts = []string{get("organization"), get("workspaces.name")}
	}
	if len(parts) == 0 || slices.Contains(parts, "") {
		return ""
	}
	return backend + ":" + strings.Join(parts, "\n")
}

// setting returns the literal text of a setting of a backend, or of one in a nested block of it.
func (b *body) setting(name string) (text string, isSet bool) {
	outer, inner, isNested := strings.Cut(name, ".")
	for _, nested := range b.blocks {
		if isNested && nested.kind == outer {
			return nested.body.setting(inner)
		}
	}
	a := b.get(name)
	if a == nil {
		return "", false
	}
	value, diagnostics := a.expr.Value(nil)
	if diagnostics.HasErrors() || !isKnownString(value) {
		return "", true
	}
	return value.AsString(), true
}

// remoteState returns the address of the state that a data source reads, empty if it is unknown or that of a workspace.
func (s scope) remoteState(b *block) string {
	backend := b.body.get("backend")
	if backend == nil || b.body.get("workspace") != nil {
		return ""
	}
	kind, _ := s.value(backend.expr).Unmark()
	if !isKnownString(kind) {
		return ""
	}
	settings := cty.EmptyObjectVal
	if config := b.body.get("config"); config != nil {
		settings, _ = s.value(config.expr).UnmarkDeep()
	}
	setting := func(name string) (string, bool) { return settingIn(settings, name) }
	if kind.AsString() != "local" {
		return cmp.Or(stateAt(kind.AsString(), s.root, setting), s.stateInDirectory(b, kind.AsString()))
	}
	dir := s.root
	name, isSet := setting("path")
	if strings.HasPrefix(name, s.root+"/") {
		dir = "." // path.module and path.root are paths in the repository
	}
	if !isSet {
		return ""
	}
	return stateAt("local", dir, setting)
}

// stateInDirectory returns the address of the state of a root module whose directory has the name of a data source, if the key of the
// state contains this name and is known when Terraform runs.
func (s scope) stateInDirectory(b *block, backend string) string {
	config := b.body.get("config")
	if backend != "s3" || config == nil {
		return ""
	}
	key := s.tree(config.expr).Field("key")
	if name := b.labels[1]; key.State == tree.StateUnknown && strings.Contains(key.Prefix+" "+key.Suffix, name) {
		return deployment.StateIn + name
	}
	return ""
}

// settingIn returns the text of an element of an object, or of one in an object in it.
func settingIn(value cty.Value, name string) (text string, isSet bool) {
	for step := range strings.SplitSeq(name, ".") {
		if value.IsNull() || !value.IsKnown() || !value.Type().IsObjectType() && !value.Type().IsMapType() {
			return "", true
		}
		next, ok := value.AsValueMap()[step]
		if !ok {
			return "", false
		}
		value = next
	}
	if !isKnownString(value) {
		return "", true
	}
	return value.AsString(), true
}
