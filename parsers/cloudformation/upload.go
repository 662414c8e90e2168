package cloudformation

import (
	"path"
	"strings"
)

// upload is a property that names a local file, which packaging uploads, and the property for its content in the template.
type upload struct {
	file, content string
	isPattern     bool // values replace parts of the file, which may be no YAML or JSON before
}

// uploads are such properties with definitions, by the type of their resource
// (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html).
var uploads = map[string]upload{ //nolint:gochecknoglobals // a table, never written
	"AWS::Serverless::Api":             {file: "DefinitionUri", content: "DefinitionBody"},
	"AWS::Serverless::HttpApi":         {file: "DefinitionUri", content: "DefinitionBody"},
	"AWS::Serverless::StateMachine":    {file: "DefinitionUri", content: "Definition", isPattern: true},
	"AWS::ApiGateway::RestApi":         {file: "BodyS3Location", content: "Body"},
	"AWS::ApiGatewayV2::Api":           {file: "BodyS3Location", content: "Body"},
	"AWS::StepFunctions::StateMachine": {file: "DefinitionS3Location", content: "Definition", isPattern: true},
}

// hasUploads reports whether a text may have such a property.
func hasUploads(text string) bool {
	return strings.Contains(text, "DefinitionUri") || strings.Contains(text, "S3Location")
}

// uploaded returns a template with the content of definitions that are files of the repository in their place.
func (in *includer) uploaded(root *node) *node {
	written := root.get("Resources")
	out := written
	for i, f := range written.all() {
		kind, _ := f.value.get("Type").text()
		u, ok := uploads[kind]
		if !ok {
			continue
		}
		resource := f.value.with("Properties", in.defined(f.value.get("Properties"), u))
		if resource == f.value {
			continue
		}
		if out == written {
			out = written.clone()
		}
		out.fields[i].value = resource
	}
	return root.with("Resources", out)
}

// defined returns properties with the content of the file that one of them names.
func (in *includer) defined(properties *node, u upload) *node {
	location := properties.get(u.file)
	name, ok := location.text()
	if !ok || properties.get(u.content) != nil || path.IsAbs(name) || strings.Contains(name, "://") {
		return properties
	}
	if name = path.Join(path.Dir(in.path), name); !in.isFile(name) {
		return properties
	}
	if _, problems := in.reader.read(name); u.isPattern && len(problems) > 0 {
		return properties
	}
	content := in.load(name, location, 0)
	if content == nil || content.kind != mapNode {
		return properties
	}
	out := properties.clone()
	i := out.index(u.file)
	out.fields[i].key, out.fields[i].value = u.content, content
	return out
}

// with returns a node with another value of a field, the node itself if it has that value or no such field.
func (n *node) with(key string, value *node) *node {
	i := n.index(key)
	if i < 0 || n.fields[i].value == value {
		return n
	}
	out := n.clone()
	out.fields[i].value = value
	return out
}
