package handler

import (
	"slices"

	"lintel/parsers/handler/code"
)

// demands are the environment variables that a program in JavaScript fails without. Reading one that is not set gives undefined
// there, so that the use of the value counts.
type demands struct {
	optional map[string]bool // compared, checked, given a default or passed to a function
	required map[string]bool // used in a way that fails for undefined

	first map[string]*code.Expr // the first read of each
	set   map[string]bool       // assigned by the code
	all   bool                  // the code sets variables that it does not spell
}

// reads are the names in a file that have the value of an environment variable.
type reads map[string]string

// requires reports whether a program in JavaScript fails if an environment variable is not set, at the first expression that
// reads it.
func (c *calls) requires(e *code.Expr) bool {
	if c.demands == nil {
		c.demands = &demands{
			optional: map[string]bool{}, required: map[string]bool{}, first: map[string]*code.Expr{}, set: map[string]bool{},
		}
		for _, m := range c.modules {
			if m.code.Language == code.JavaScript || m.code.Language == code.TypeScript {
				c.demands.read(c, m)
			}
		}
	}
	d := c.demands
	name, _ := processVariable(e)
	return !c.isPartly && !d.all && d.first[name] == e && d.required[name] && !d.optional[name] && !d.set[name]
}

// processVariable returns the name of the variable that process.env.NAME or process.env["NAME"] reads.
func processVariable(e *code.Expr) (string, bool) {
	if e.Kind != code.Member && e.Kind != code.Index {
		return "", false
	}
	if base, _ := e.Items[0].Path(); base != "process.env" {
		return "", false
	}
	return memberName(e)
}

// read adds what a file does with variables.
func (d *demands) read(c *calls, m *module) {
	names := d.namesIn(m)
	for _, i := range m.code.Imports {
		d.all = d.all || slices.Contains([]string{"dotenv", "env-var", "envalid", "convict", "config", "dotenv-safe"}, packageOf(m, i))
	}
	for i := range m.code.Statements {
		if s := &m.code.Statements[i]; c.enters(m, s.Function) {
			d.statement(names, s)
		} else {
			d.uses(names, s.Target, false)
			d.uses(names, s.Value, false)
		}
	}
	for _, e := range m.code.Exports {
		if name, ok := names[e.Local]; ok && e.From == "" {
			d.optional[name] = true // other files may check it
		}
	}
}

// namesIn returns the names in a file that are assigned the value of a variable, once.
func (d *demands) namesIn(m *module) reads {
	names := reads{}
	count := map[string]int{}
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		if s.Kind != code.Assign || s.Target == nil || s.Value == nil || s.Target.Kind != code.Name {
			continue
		}
		count[s.Target.Text]++
		if name, ok := processVariable(s.Value); ok {
			names[s.Target.Text] = name
		}
	}
	for name, variable := range names { // any order: each name is looked at alone
		d.optional[variable] = d.optional[variable] || count[name] > 1
	}
	return names
}

func (d *demands) statement(names reads, s *code.Statement) {
	if s.Kind == code.Assign && s.Target != nil {
		if name, ok := processVariable(s.Target); ok {
			d.set[name] = true
		} else if base, _ := s.Target.Path(); base == "process.env" || s.Target.Kind == code.Index && isProcess(s.Target.Items[0]) {
			d.all = true
		}
	}
	_, isRead := d.variable(names, s.Value)
	d.uses(names, s.Target, true)
	d.uses(names, s.Value, !isRead || s.Kind == code.Assign && s.Target.Kind == code.Name)
	if s.Try != code.Module && s.Value != nil {
		d.uses(names, s.Value, false)
	}
}

func isProcess(e *code.Expr) bool {
	base, _ := e.Path()
	return base == "process.env"
}

// variable returns the variable whose value an expression is.
func (d *demands) variable(names reads, e *code.Expr) (string, bool) {
	if e == nil {
		return "", false
	}
	if name, ok := processVariable(e); ok {
		if d.first[name] == nil {
			d.first[name] = e
		}
		return name, true
	}
	if e.Kind == code.Name && names[e.Text] != "" {
		return names[e.Text], true
	}
	return "", false
}

// uses reads how an expression uses variables. isPlain: nothing checks or replaces its value.
func (d *demands) uses(names reads, e *code.Expr, isPlain bool) {
	if e == nil {
		return
	}
	if name, ok := d.variable(names, e); ok {
		if !isPlain {
			d.optional[name] = true
		}
		return
	}
	switch e.Kind { //nolint:exhaustive // the values of others are not checked
	case code.Choice, code.Unknown:
		isPlain = false
	case code.Map:
		d.parameters(names, e)
	case code.Member:
		d.member(names, e)
	case code.Call, code.New:
		d.uses(names, e.Items[0], isPlain)
		for _, item := range e.Items[1:] {
			_, isRead := d.variable(names, item)
			d.uses(names, item, isPlain && !isRead)
		}
		return
	}
	for _, item := range e.Items {
		d.uses(names, item, isPlain)
	}
}

// parameters reads the parameters of an operation that name a resource.
func (d *demands) parameters(names reads, e *code.Expr) {
	for i, item := range e.Items {
		if name, ok := d.variable(names, item); ok && i < len(e.Keys) && namesResource(e.Keys[i]) {
			d.required[name] = true
		}
	}
}

// member reads a method of a value that fails for undefined.
func (d *demands) member(names reads, e *code.Expr) {
	base := e.Items[0]
	if name, ok := d.variable(names, base); ok && base.Kind != code.Name && slices.Contains([]string{"split", "trim", "toLowerCase", "toUpperCase", "replace"}, e.Text) {
		d.required[name] = true
	}
}

// namesResource reports whether a parameter of an operation of AWS requires the name of a resource.
func namesResource(key string) bool {
	return isListed("TableName Bucket QueueUrl TopicArn FunctionName SecretId stateMachineArn StreamName DeliveryStreamName UserPoolId StateMachineArn", key)
}
