package cloudformation

import (
	"github.com/awslabs/goformation/v7/intrinsics"
)

// The pure intrinsic functions are goformation's. It is called with known arguments only, and
// one function at a time: as a front door it invents values and fails whole templates. All of
// it is in this file, so that it can be replaced.

func base64Of(text string) string {
	encoded, _ := intrinsics.FnBase64("Fn::Base64", text, nil).(string)
	return encoded
}

func split(delimiter, text string) []string {
	parts, _ := intrinsics.FnSplit("Fn::Split", []any{delimiter, text}, nil).([]string)
	return parts
}

func joined(delimiter string, parts []string) string {
	items := make([]any, len(parts))
	for i, part := range parts {
		items[i] = part
	}
	text, _ := intrinsics.FnJoin("Fn::Join", []any{delimiter, items}, nil).(string)
	return text
}
