// Package mcp runs a server of the Model Context Protocol, through which an AI agent checks templates, reads about rules and
// asks for fixes. It only reads, and only below the roots of its client.
package mcp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/home"
	"lintel/internal/policy"
	"lintel/internal/workspace"
)

// Options configures a server.
type Options struct {
	Policies *policy.Set      // built-in rules
	Version  string           // version of lintel
	Today    func() time.Time // the clock
	Roots    []string         // absolute paths; limit the roots of the client, or replace them if it has none; nil: no limit

	// Tracked returns the paths that version control tracks below a root; nil: directories that are not searched are not reported.
	Tracked func(ctx context.Context, root string) (workspace.Tracked, error)
}

// server is the state of a session.
type server struct {
	opt  Options
	busy chan struct{} // holds one element while a call is running: memory is that of one check
	mask masks
}

// instructions tell an agent what the tools are for.
const instructions = `lintel checks AWS Lambda infrastructure in Terraform, CloudFormation, SAM and CDK output for security and reliability. ` +
	`Call check after you write or change a template, with its path, or with its text before you save it. ` +
	`Call fix for a diff of the fixes that need no decision, explain for the reason and the remediation of a rule, and access to see who ` +
	`can invoke a function and what its role allows. Values that are unknown before deployment cause no findings: ` +
	`"undetermined" counts the checks that depend on them. If "complete" is false, something was not checked; "problems" and "gaps" name it.`

// Serve runs a server until the input ends. The error is that of the connection or of ctx.
func Serve(ctx context.Context, in io.Reader, out io.Writer, opt Options) error {
	err := newServer(opt).Run(ctx, &sdk.IOTransport{Reader: io.NopCloser(in), Writer: nopCloser{out}})
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// nopCloser is a writer that stays open.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func newServer(opt Options) *sdk.Server {
	s := &server{opt: opt, busy: make(chan struct{}, 1)}
	protocol := sdk.NewServer(
		&sdk.Implementation{Name: "lintel", Title: "lintel", WebsiteURL: home.URL, Version: cmp.Or(opt.Version, "(devel)")},
		&sdk.ServerOptions{Instructions: instructions, Logger: slog.New(slog.DiscardHandler), Capabilities: &sdk.ServerCapabilities{}},
	)
	sdk.AddTool(protocol, withOutput[checkOutput](tool[checkInput]("check", "Check templates",
		"Check Terraform, CloudFormation, SAM and CDK output, on disk or as a text, and return the findings, worst first.")), s.check)
	sdk.AddTool(protocol, withOutput[fixOutput](tool[fixInput]("fix", "Propose fixes",
		"Return a diff that fixes findings. Each fix was tried: its finding disappears and no other appears. Nothing is written.")), s.fix)
	sdk.AddTool(protocol, tool[accessInput]("access", "Describe access",
		"Describe who can invoke each function and what its execution role allows."), s.access)
	sdk.AddTool(protocol, tool[explainInput]("explain", "Explain a rule",
		"Return the documentation of a rule: what it flags, why, and how to fix it."), s.explain)
	sdk.AddTool(protocol, tool[rulesInput]("rules", "List rules", "List the rules with severity, profile and title."), s.rules)
	s.addResources(protocol)
	protocol.AddReceivingMiddleware(s.guarded)
	return protocol
}

// tool describes a tool. None writes a file, and none opens a connection.
func tool[In any](name, title, description string) *sdk.Tool {
	never := false
	return &sdk.Tool{
		Name: name, Title: title, Description: description, InputSchema: schemaOf[In](),
		Annotations: &sdk.ToolAnnotations{Title: title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &never, OpenWorldHint: &never},
	}
}

// withOutput adds the schema of a structured result.
func withOutput[Out any](t *sdk.Tool) *sdk.Tool {
	t.OutputSchema = schemaOf[Out]()
	return t
}

// schemaOf returns the schema of a struct. No member is null: several clients accept only a single type for each.
func schemaOf[T any]() *jsonschema.Schema {
	schema, err := jsonschema.For[T](nil)
	if err != nil {
		panic(err) // the struct cannot be encoded, which every test of the tool finds
	}
	withoutNull(schema)
	return schema
}

func withoutNull(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if len(s.Types) == 2 && s.Types[0] == "null" { //nolint:mnd // null, and the type of the value
		s.Type, s.Types = s.Types[1], nil
	}
	withoutNull(s.Items)
	for _, member := range s.Properties { // any order: each by itself
		withoutNull(member)
	}
}

// alone waits until no other call is running. The caller calls leave at the end.
func (s *server) alone(ctx context.Context) (leave func(), err error) {
	select {
	case s.busy <- struct{}{}:
		return func() { <-s.busy }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// guarded masks the secrets in all texts of results and errors, and converts a panic to an error.
func (s *server) guarded(next sdk.MethodHandler) sdk.MethodHandler {
	return func(ctx context.Context, method string, req sdk.Request) (result sdk.Result, err error) {
		defer func() {
			if cause := recover(); cause != nil {
				result, err = nil, s.mask.failure(fmt.Errorf("%s failed with an internal error (%v); please report it", method, cause))
			}
		}()
		result, err = next(ctx, method, req)
		if err != nil {
			return nil, s.mask.failure(err)
		}
		return s.mask.result(result)
	}
}
