package cloudformation

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation/iam"
	"github.com/awslabs/goformation/v7/cloudformation/lambda"
	"github.com/awslabs/goformation/v7/cloudformation/serverless"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// types are goformation's generated types of the resources that lintel judges. They are from 2024,
// so a property that they do not have is one that is newer.
var types = map[string]reflect.Type{ //nolint:gochecknoglobals // a table, never written
	"AWS::Lambda::Alias":                  reflect.TypeFor[lambda.Alias](),
	"AWS::Lambda::CodeSigningConfig":      reflect.TypeFor[lambda.CodeSigningConfig](),
	"AWS::Lambda::EventInvokeConfig":      reflect.TypeFor[lambda.EventInvokeConfig](),
	"AWS::Lambda::EventSourceMapping":     reflect.TypeFor[lambda.EventSourceMapping](),
	"AWS::Lambda::Function":               reflect.TypeFor[lambda.Function](),
	"AWS::Lambda::LayerVersion":           reflect.TypeFor[lambda.LayerVersion](),
	"AWS::Lambda::LayerVersionPermission": reflect.TypeFor[lambda.LayerVersionPermission](),
	"AWS::Lambda::Permission":             reflect.TypeFor[lambda.Permission](),
	"AWS::Lambda::Url":                    reflect.TypeFor[lambda.Url](),
	"AWS::Lambda::Version":                reflect.TypeFor[lambda.Version](),
	"AWS::IAM::ManagedPolicy":             reflect.TypeFor[iam.ManagedPolicy](),
	"AWS::IAM::Policy":                    reflect.TypeFor[iam.Policy](),
	"AWS::IAM::Role":                      reflect.TypeFor[iam.Role](),
	"AWS::Serverless::Function":           reflect.TypeFor[serverless.Function](),
	"AWS::Serverless::LayerVersion":       reflect.TypeFor[serverless.LayerVersion](),
	"AWS::Serverless::StateMachine":       reflect.TypeFor[serverless.StateMachine](),
}

// typed reports what CloudFormation would reject in the properties of a resource: a required
// property that is not there, and a value of the wrong kind. Unknown values are left out.
func (t *template) typed(kind string, properties tree.Tree, id string) {
	want, ok := types[kind]
	if !ok || t.hasMacros() {
		return
	}
	c := typeChecker{template: t, id: id, isSAM: strings.HasPrefix(kind, "AWS::Serverless::")}
	c.object(properties, want, properties.Range, "")
}

type typeChecker struct {
	*template
	id    string
	isSAM bool // SAM takes more than these types say: less than is required, one where a list may be
}

func (c typeChecker) object(t tree.Tree, want reflect.Type, at source.Range, path string) {
	for field := range want.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		value := t.Field(name)
		switch {
		case value.State == tree.StateKnown:
			c.value(value, field.Type, path+name)
		case value.State == tree.StateAbsent && !c.isSAM && options != "omitempty" && t.State == tree.StateKnown && value.Range.IsZero():
			c.problem(at, "CloudFormation would reject %s: the property %s is required", c.id, path+name)
		}
	}
}

func (c typeChecker) value(t tree.Tree, want reflect.Type, path string) { //nolint:cyclop // a case for each kind
	if want.Kind() == reflect.Pointer {
		want = want.Elem()
	}
	if t.State != tree.StateKnown || reflect.PointerTo(want).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return // not known, or one of several kinds
	}
	ok := true
	switch want.Kind() {
	case reflect.Struct:
		if ok = t.IsMap; ok {
			c.object(t, want, t.Range, path+".")
		}
		if path == "Code" || path == "Content" {
			_, isPath := t.String()
			ok = ok || isPath // a local path, which "aws cloudformation package" uploads and replaces
		}
	case reflect.Map:
		ok = t.IsMap
		for _, f := range t.Fields {
			c.value(f.Tree, want.Elem(), path+"."+f.Key)
		}
	case reflect.Slice:
		ok = t.IsList || c.isSAM
		for _, item := range t.Items {
			c.value(item, want.Elem(), path)
		}
	case reflect.String:
		ok = !t.IsMap && !t.IsList
	case reflect.Int, reflect.Float64:
		ok = !t.IsMap && !t.IsList && isNumber(t)
	case reflect.Bool:
		ok = !t.IsMap && !t.IsList && isBool(t)
	default:
	}
	if !ok {
		c.problem(t.Range, "CloudFormation would reject %s: %s must be %s", c.id, path, inWords(want.Kind()))
	}
}

func isNumber(t tree.Tree) bool {
	switch x := t.Scalar.(type) {
	case int, float64:
		return true
	case string:
		return json.Valid([]byte(x)) && !strings.HasPrefix(x, `"`)
	}
	return false
}

func isBool(t tree.Tree) bool {
	text, isText := t.String()
	_, is := t.Scalar.(bool)
	return is || isText && (strings.EqualFold(text, "true") || strings.EqualFold(text, "false"))
}

func inWords(kind reflect.Kind) string {
	switch kind {
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.Int, reflect.Float64:
		return "a number"
	case reflect.Bool:
		return "true or false"
	default:
		return "a string"
	}
}
