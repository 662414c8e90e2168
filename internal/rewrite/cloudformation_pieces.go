package rewrite

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// piecesOf returns the literal texts and references of the text of an Fn::Sub as nodes; nil: it has an escape.
func piecesOf(text string) []*yaml.Node {
	var all []*yaml.Node
	for {
		before, rest, found := strings.Cut(text, "${")
		if before != "" {
			all = append(all, quotedScalar(before))
		}
		if !found {
			return all
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || strings.HasPrefix(name, "!") {
			return nil
		}
		resource, attribute, isAttribute := strings.Cut(name, ".")
		if isAttribute {
			all = append(all, call("Fn::GetAtt", list(scalar(resource), scalar(attribute))))
		} else {
			all = append(all, call("Ref", scalar(name)))
		}
		text = after
	}
}

// cfnPieces returns the rewritings of texts that have references in them.
func cfnPieces() []cfnStructure {
	text := func(name string, change func(pieces []*yaml.Node) *yaml.Node) cfnStructure {
		return cfnStructure{name, func(root *yaml.Node) bool {
			return eachCall(root, "Fn::Sub", func(n *yaml.Node) *yaml.Node {
				if n.Kind != yaml.ScalarNode {
					return nil
				}
				pieces := piecesOf(n.Value)
				if len(pieces) == 0 {
					return nil
				}
				return change(pieces)
			})
		}}
	}
	return []cfnStructure{
		text("Fn::Sub as Fn::Join", func(pieces []*yaml.Node) *yaml.Node {
			return call("Fn::Join", list(quotedScalar(""), list(pieces...)))
		}),
		text("Fn::Sub as Fn::Join of Fn::Join", func(pieces []*yaml.Node) *yaml.Node {
			half := len(pieces) / 2 //nolint:mnd // the middle
			first := call("Fn::Join", list(quotedScalar(""), list(pieces[:half]...)))
			second := call("Fn::Join", list(quotedScalar(""), list(pieces[half:]...)))
			return call("Fn::Join", list(quotedScalar(""), list(first, second)))
		}),
		text("Fn::Sub with a value for each piece", func(pieces []*yaml.Node) *yaml.Node {
			var text strings.Builder
			values := mapping()
			for i, piece := range pieces {
				name := fmt.Sprintf("P%d", i)
				text.WriteString("${" + name + "}")
				put(values, name, piece)
			}
			return call("Fn::Sub", list(scalar(text.String()), values))
		}),
		text("Fn::Sub in Fn::Sub", func(pieces []*yaml.Node) *yaml.Node {
			out := quotedScalar("")
			for _, piece := range pieces {
				out = call("Fn::Sub", list(scalar("${A}${B}"), mapping(scalar("A"), out, scalar("B"), piece)))
			}
			return out
		}),
		text("Fn::Select of Fn::Sub", func(pieces []*yaml.Node) *yaml.Node {
			return call("Fn::Select", list(typed("int", "1"), list(scalar("x"), call("Fn::Join", list(quotedScalar(""), list(pieces...))))))
		}),
	}
}

// cfnUnknowns are wraps in values that only deployment decides, with one result.
func cfnUnknowns() []cfnWrap {
	partition := func(how func(rest string) *yaml.Node) func(_, n *yaml.Node, _ int) *yaml.Node {
		return func(_, n *yaml.Node, _ int) *yaml.Node {
			rest, ok := strings.CutPrefix(n.Value, "arn:aws:")
			if !ok || !isPlain(n) {
				return nil
			}
			return how(rest)
		}
	}
	return []cfnWrap{
		{name: "the partition by Fn::Sub", only: yaml.ScalarNode, wrap: partition(func(rest string) *yaml.Node {
			return call("Fn::Sub", scalar("arn:${AWS::Partition}:"+rest))
		})},
		{name: "the partition by Fn::Join", only: yaml.ScalarNode, wrap: partition(func(rest string) *yaml.Node {
			half := middle(rest)
			return call("Fn::Join", list(scalar(":"), list(scalar("arn"), call("Ref", scalar("AWS::Partition")),
				call("Fn::Join", list(quotedScalar(""), list(quotedScalar(rest[:half]), quotedScalar(rest[half:])))))))
		})},
		{name: "the partition and a value by Fn::Sub", only: yaml.ScalarNode, wrap: partition(func(rest string) *yaml.Node {
			half := middle(rest)
			return call("Fn::Sub", list(scalar("arn:${AWS::Partition}:${A}${B}"), mapping(scalar("A"), quotedScalar(rest[:half]), scalar("B"), quotedScalar(rest[half:]))))
		})},
		{name: "the partition by Fn::Join of a split text", only: yaml.ScalarNode, wrap: partition(func(rest string) *yaml.Node {
			return call("Fn::Join", list(quotedScalar(""), list(scalar("arn:"), call("Ref", scalar("AWS::Partition")),
				call("Fn::Join", list(scalar(":"), call("Fn::Split", list(scalar(":"), quotedScalar(":"+rest))))))))
		})},
		{name: "Fn::If of an unknown parameter with equal branches in a text", only: yaml.ScalarNode, wrap: func(root, n *yaml.Node, _ int) *yaml.Node {
			if !isPlain(n) || n.Tag != "!!str" {
				return nil
			}
			half := middle(n.Value)
			first := quotedScalar(n.Value[:half])
			return call("Fn::Join", list(quotedScalar(""), list(call("Fn::If", list(scalar(undecided(root)), first, clone(first))), quotedScalar(n.Value[half:]))))
		}},
		{name: "Fn::Select by an unknown index of equal items", only: yaml.ScalarNode, wrap: func(root, n *yaml.Node, _ int) *yaml.Node {
			undecided(root)
			return call("Fn::Select", list(call("Ref", scalar(logicalMark+"Stage")), list(n, clone(n))))
		}},
		{name: "Fn::FindInMap by an unknown key with equal values", only: yaml.ScalarNode, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
			undecided(root)
			if !isPlain(n) {
				return nil
			}
			name := fmt.Sprintf("%sMap%d", logicalMark, i)
			put(section(root, "Mappings"), name, mapping(scalar("a"), mapping(scalar("v"), asText(n)), scalar("b"), mapping(scalar("v"), asText(n))))
			return call("Fn::FindInMap", list(scalar(name), call("Ref", scalar(logicalMark+"Stage")), scalar("v")))
		}},
		{name: "parameter with equal allowed values", only: yaml.ScalarNode, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
			if !isPlain(n) || n.Value == "" {
				return nil
			}
			name := fmt.Sprintf("%sAllowed%d", logicalMark, i)
			put(section(root, "Parameters"), name, mapping(scalar("Type"), scalar("String"), scalar("AllowedValues"), list(asText(n))))
			return call("Ref", scalar(name))
		}},
	}
}

// undecided adds a condition that depends on a parameter without a default, and returns its name.
func undecided(root *yaml.Node) string {
	parameters := section(root, "Parameters")
	if get(parameters, logicalMark+"Stage") == nil {
		put(parameters, logicalMark+"Stage", mapping(scalar("Type"), scalar("String")))
	}
	name := logicalMark + "Undecided"
	if conditions := section(root, "Conditions"); get(conditions, name) == nil {
		put(conditions, name, call("Fn::Equals", list(call("Ref", scalar(logicalMark+"Stage")), scalar("a"))))
	}
	return name
}
