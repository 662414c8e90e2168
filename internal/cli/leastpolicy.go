package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/workspace"
)

func (a *app) policyCommand() *cobra.Command {
	var flags treeFlags
	cmd := &cobra.Command{
		Use:   "policy FUNCTION [PATH...]",
		Short: "Print the least IAM policy that the code of a function needs",
		Long: `Policy prints an IAM policy with the actions that the code of a function calls, on the resources that it
names. FUNCTION is a logical ID, a Terraform address or the end of one, a Terraform module with one function,
or a function name. The policy does not contain what Lambda itself needs: logs, traces, the network and event
sources.

A statement whose Sid begins with Unknown applies to every resource: replace * with the ARN. The standard
error output explains each, and says if the code may call more.

Exit code 0: all calls of the code are known. 2: there may be more, or the function or its code was not found.`,
		Example: `  lintel policy Orders template.yaml
  lintel policy orders infra >policy.json`,
		Args: arguments(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error { return a.leastPolicy(cmd, flags, args[0], args[1:]) },
	}
	flags.register(cmd)
	return cmd
}

func (a *app) leastPolicy(cmd *cobra.Command, flags treeFlags, function string, paths []string) error {
	a.memory.watch(a.errs, nil)
	in, err := flags.input(paths)
	if err != nil {
		return err
	}
	plan, err := in.plan(cmd.Context())
	if err != nil {
		return err
	}
	a.memory.watch(a.errs, plan.Suspect)
	plan.Prepare(workspace.Overrides{}, workspace.Change{})
	var found []calledFunction
	var others []string
	err = plan.Declared(cmd.Context(), func([]finding.Problem, []finding.Gap) error { return nil }, func(v check.View) error {
		more, names, err := functionsNamed(v, function)
		found, others = append(found, ofOtherUnits(found, more)...), append(others, names...)
		return err
	})
	switch {
	case cmd.Context().Err() != nil:
		return errInterrupted
	case err != nil:
		return err
	case len(found) == 0:
		return noFunction(function, others)
	case len(found) > 1:
		return fmt.Errorf("%s is the name of several functions: %s", function, strings.Join(unitsOf(found, in.where.show), ", "))
	}
	return a.writePolicy(&found[0], in.where.show)
}

// noFunction is the error for a name that no function has. It has the names that contain it, or else the first ones.
func noFunction(name string, others []string) error {
	slices.Sort(others)
	others = slices.Compact(others)
	if len(others) == 0 {
		return fmt.Errorf("no function %s: there are no functions", name)
	}
	near := slices.DeleteFunc(slices.Clone(others), func(other string) bool { return !strings.Contains(strings.ToLower(other), strings.ToLower(name)) })
	if len(near) == 0 {
		near = others
	}
	const shown = 10
	more := ""
	if len(near) > shown {
		more = fmt.Sprintf(" and %d more", len(near)-shown)
	}
	return fmt.Errorf("no function %s; the functions are %s%s", name, strings.Join(near[:min(len(near), shown)], ", "), more)
}

// ofOtherUnits returns the functions that were not found in their units before. A template is read again with the parameters of each
// environment in samconfig.toml, after it was read without them.
func ofOtherUnits(found, more []calledFunction) []calledFunction {
	return slices.DeleteFunc(more, func(f calledFunction) bool {
		return slices.ContainsFunc(found, func(known calledFunction) bool { return known.ID == f.ID && known.unit == f.unit })
	})
}

func unitsOf(functions []calledFunction, show func(string) string) []string {
	names := make([]string, len(functions))
	for i := range functions {
		names[i] = functions[i].ID + " in " + show(functions[i].unit)
	}
	return names
}

// The parts of the model that the policy is made of.
type (
	modelValue struct {
		Value   string `json:"value"`
		Unknown bool   `json:"unknown"`
	}
	modelRef struct {
		Targets []int `json:"targets"`
	}
	modelStack struct {
		Functions []calledFunction `json:"functions"`
		Sources   []calledSource   `json:"sources"`
		Channels  []struct {
			ID   string     `json:"id"`
			Name modelValue `json:"name"`
		} `json:"channels"`
	}
	calledFunction struct {
		ID          string     `json:"id"`
		Name        modelValue `json:"name"`
		Source      modelRef   `json:"source"`
		Unread      modelValue `json:"unread"`
		Environment struct {
			Variables struct {
				Unknown bool `json:"unknown"`
				Items   []struct {
					Key string `json:"key"`
					modelValue
				} `json:"items"`
			} `json:"variables"`
			References struct {
				Channels struct {
					Items []struct {
						Name    modelValue `json:"name"`
						Channel modelRef   `json:"channel"`
					} `json:"items"`
				} `json:"channels"`
			} `json:"references"`
		} `json:"environment"`

		unit  string
		stack *modelStack
	}
	calledSource struct {
		ID    string     `json:"id"`
		File  modelValue `json:"file"`
		Calls struct {
			Unknown bool         `json:"unknown"`
			Items   []sourceCall `json:"items"`
		} `json:"calls"`
	}
	sourceCall struct {
		Service   modelValue `json:"service"`
		Operation modelValue `json:"operation"`
		Actions   struct {
			Items []modelValue `json:"items"`
		} `json:"actions"`
		Resource modelValue `json:"resource"`
		Variable modelValue `json:"variable"`
		Own      struct {
			Value   bool `json:"value"`
			Unknown bool `json:"unknown"`
		} `json:"own_credentials"`
	}
)

// functionsNamed returns the functions of a unit that a name of the command line names, and the names of the others.
func functionsNamed(v check.View, name string) (found []calledFunction, others []string, err error) {
	text, err := json.Marshal(v.Input.Map())
	if err != nil {
		return nil, nil, err
	}
	stack := modelStack{}
	if err := json.Unmarshal(text, &stack); err != nil {
		return nil, nil, err
	}
	for _, f := range stack.Functions {
		if f.ID == name || f.Name.Value == name || strings.HasSuffix(f.ID, "."+name) || isModuleOf(f.ID, name) {
			f.unit, f.stack = v.Unit.Root, &stack
			found = append(found, f)
		} else {
			others = append(others, f.ID)
		}
	}
	return found, others, nil
}

// isModuleOf reports whether a name is that of a module of a Terraform address, with its prefix or without.
func isModuleOf(address, name string) bool {
	at := strings.LastIndex(address, ".aws_lambda_function.")
	if at < 0 {
		return false
	}
	module := strings.TrimPrefix(address[:at], "module.")
	return strings.HasPrefix(address, "module.") && (module == strings.TrimPrefix(name, "module.") || strings.HasSuffix(module, ".module."+strings.TrimPrefix(name, "module.")))
}

// policyStatement is a statement of the printed policy.
type policyStatement struct {
	ID       string   `json:"Sid"`
	Effect   string   `json:"Effect"`
	Action   []string `json:"Action"`
	Resource []string `json:"Resource"`
}

// writePolicy prints the policy of a function.
func (a *app) writePolicy(f *calledFunction, show func(string) string) error {
	if len(f.Source.Targets) == 0 {
		return fmt.Errorf("the code of %s is not read: %s", f.ID, f.Unread.Value)
	}
	statements := map[string]*policyStatement{}
	var notes []string
	for _, i := range f.Source.Targets {
		source := &f.stack.Sources[i]
		if source.Calls.Unknown {
			a.exit = ExitIncomplete
			notes = append(notes, show(source.File.Value)+": the code may call more, in a way that cannot be determined; the policy may lack actions")
		}
		for c := range source.Calls.Items {
			notes = append(notes, f.call(&source.Calls.Items[c], statements)...)
		}
	}
	out := struct {
		Version   string             `json:"Version"`
		Statement []*policyStatement `json:"Statement"`
	}{"2012-10-17", slices.SortedFunc(maps.Values(statements), func(a, b *policyStatement) int { return cmp.Compare(a.ID, b.ID) })}
	if out.Statement == nil {
		out.Statement = []*policyStatement{}
		notes = append(notes, "the code of "+f.ID+" calls no AWS service with the role")
	}
	slices.Sort(notes)
	text := bytes.Buffer{}
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	_, err := a.out.Write(text.Bytes())
	for _, note := range slices.Compact(notes) {
		_, failed := fmt.Fprintln(a.errs, note)
		err = errors.Join(err, failed)
	}
	return err
}

// call adds the actions of a call to the statements, and returns notes on what is not certain.
func (f *calledFunction) call(c *sourceCall, statements map[string]*policyStatement) []string {
	if c.Own.Value {
		return []string{c.Service.Value + ":" + c.Operation.Value + " is called with other credentials than those of the role and is left out"}
	}
	if len(c.Actions.Items) == 0 {
		return nil
	}
	var notes []string
	resources, id := f.resources(c)
	if resources == nil {
		resources = []string{"*"}
		note := id + ": replace * with the ARN of the resource"
		if c.Variable.Value != "" {
			note += " in the environment variable " + c.Variable.Value + f.reference(c.Variable.Value)
		}
		notes = append(notes, note)
	}
	s := statements[id]
	if s == nil {
		s = &policyStatement{ID: id, Effect: "Allow", Resource: resources}
		statements[id] = s
	}
	for _, action := range c.Actions.Items {
		if !slices.Contains(s.Action, action.Value) {
			s.Action = append(s.Action, action.Value)
		}
	}
	slices.Sort(s.Action)
	return notes
}

// reference describes the resource of the stack that an environment variable refers to, or that the variable is not set.
func (f *calledFunction) reference(variable string) string {
	for _, item := range f.Environment.References.Channels.Items {
		if item.Name.Value == variable && len(item.Channel.Targets) > 0 {
			return " (" + f.stack.Channels[item.Channel.Targets[0]].ID + ")"
		}
	}
	for _, item := range f.Environment.Variables.Items {
		if item.Key == variable {
			return ""
		}
	}
	if f.Environment.Variables.Unknown {
		return ""
	}
	return ", which the function does not set"
}

// resources returns the ARNs of the resource of a call and the Sid of its statement. There are none if it is unknown.
func (f *calledFunction) resources(c *sourceCall) (arns []string, id string) {
	service := label(c.Service.Value)
	name := c.Resource.Value
	for _, item := range f.Environment.Variables.Items {
		if name == "" && item.Key == c.Variable.Value {
			name = item.Value
		}
	}
	if arns = arnsOf(c.Service.Value, name); arns != nil {
		return arns, service + label(name[strings.LastIndexAny(name, ":/")+1:])
	}
	if c.Variable.Value != "" {
		return nil, "Unknown" + service + "Of" + label(c.Variable.Value)
	}
	return nil, "Unknown" + service
}

// label turns a name into a part of a Sid, which has only letters and digits.
func label(name string) string {
	var out strings.Builder
	for _, word := range regexp.MustCompile(`[^A-Za-z0-9]+`).Split(name, -1) {
		if word != "" {
			out.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return out.String()
}

// arnsOf returns the ARNs of a resource by its name, URL or ARN in the standard partition; nil if they are unknown.
func arnsOf(service, name string) []string {
	if name == "" {
		return nil
	}
	if strings.HasPrefix(name, "arn:") {
		if service == "s3" && !strings.Contains(name, "/") {
			return []string{name, name + "/*"}
		}
		return []string{name}
	}
	if parts := regexp.MustCompile(`^https://sqs\.([a-z0-9-]+)\.amazonaws\.com/([0-9]{12})/([^/]+)$`).FindStringSubmatch(name); parts != nil {
		return []string{"arn:aws:sqs:" + parts[1] + ":" + parts[2] + ":" + parts[3]}
	}
	var arns []string
	for _, form := range forms(service) {
		arns = append(arns, strings.ReplaceAll(form, "NAME", strings.TrimPrefix(name, "/")))
	}
	return arns
}

// forms returns the forms of the ARNs of a service's resources.
func forms(service string) []string {
	return map[string][]string{
		"dynamodb":       {"arn:aws:dynamodb:*:*:table/NAME", "arn:aws:dynamodb:*:*:table/NAME/index/*"},
		"firehose":       {"arn:aws:firehose:*:*:deliverystream/NAME"},
		"kinesis":        {"arn:aws:kinesis:*:*:stream/NAME"},
		"lambda":         {"arn:aws:lambda:*:*:function:NAME", "arn:aws:lambda:*:*:function:NAME:*"},
		"s3":             {"arn:aws:s3:::NAME", "arn:aws:s3:::NAME/*"},
		"secretsmanager": {"arn:aws:secretsmanager:*:*:secret:NAME-??????"},
		"ssm":            {"arn:aws:ssm:*:*:parameter/NAME"},
	}[service]
}
