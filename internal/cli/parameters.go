package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"lintel/internal/source"
)

var errParameters = errors.New(`the file must contain a list of {"ParameterKey", "ParameterValue"} or of "NAME=VALUE", or an object with "Parameters"`)

// readParameters adds the values of a parameter file: a list in the format of the AWS CLI
// (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/), or an object with Parameters in that of
// CodePipeline
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html).
func readParameters(name string, values map[string]string) error {
	content, err := source.ReadPath(name)
	if err != nil {
		return err
	}
	return parseParameters(content, values)
}

// parseParameters is readParameters for the content of a file.
func parseParameters(content []byte, values map[string]string) error {
	content = source.UTF8(source.WithoutMark(content))
	var configuration struct{ Parameters map[string]any }
	var list []any
	switch {
	case json.Unmarshal(content, &list) == nil:
		for _, item := range list {
			if err := addParameter(item, values); err != nil {
				return err
			}
		}
	case json.Unmarshal(content, &configuration) == nil && configuration.Parameters != nil:
		for key, value := range configuration.Parameters {
			values[key] = fmt.Sprint(value)
		}
	default:
		return errParameters
	}
	return nil
}

func addParameter(item any, values map[string]string) error {
	switch x := item.(type) {
	case string:
		name, value, ok := strings.Cut(x, "=")
		if !ok {
			return errParameters
		}
		values[name] = value
	case map[string]any:
		key, ok := x["ParameterKey"].(string)
		if !ok {
			return errParameters
		}
		if value, given := x["ParameterValue"]; given { // otherwise UsePreviousValue, which is unknown
			values[key] = fmt.Sprint(value)
		}
	default:
		return errParameters
	}
	return nil
}
