package model

import (
	"strings"

	"lintel/internal/tree"
)

// EnvironmentReferences are environment variables that refer to channels.
type EnvironmentReferences struct {
	Block
	Channels List[EnvironmentReference] `json:"channels" any:"*"`
}

// EnvironmentReference is an environment variable that refers to a channel.
type EnvironmentReference struct {
	Block
	Name    Value[string] `json:"name" any:"."`
	Channel Ref           `json:"channel" any:"." to:"channels"`
}

// fill reads the variables whose whole value is a reference.
func (r *EnvironmentReferences) fill(format Format, t tree.Tree) {
	t = mapOrSingle(t)
	r.Block = blockOf(t)
	r.Channels.state = stateOf(t)
	for _, field := range t.Fields {
		if len(field.Tree.Refs) != 1 || field.Tree.Prefix != "" && !strings.HasPrefix(field.Tree.Prefix, "arn:") || field.Tree.Suffix != "" {
			continue
		}
		e := EnvironmentReference{Block: NewBlock(field.Tree.Range), Name: Known(field.Key, field.Tree.Range)}
		e.Channel.fill(format, field.Tree)
		r.Channels.Items = append(r.Channels.Items, e)
	}
}
