package plan

import "lintel/internal/tree"

// concealed returns the texts of the values that a plan marks as sensitive, wherever it has them: planned and former
// values, the state before, outputs and variables.
// https://developer.hashicorp.com/terraform/internals/json-format
func concealed(root tree.Tree) []string {
	var c concealer
	c.marked(root)
	declared := root.Field("configuration").Field("root_module").Field("variables").Keys()
	for _, f := range root.Field("variables").Fields {
		if declared.Field(f.Key).Field("sensitive").Scalar == true {
			c.all(f.Tree)
		}
	}
	return c.texts
}

type concealer struct{ texts []string }

// marked notes what the fields of an object mark as sensitive in the fields beside them.
func (c *concealer) marked(t tree.Tree) {
	for _, pair := range [][2]string{{"before", "before_sensitive"}, {"after", "after_sensitive"}, {"values", "sensitive_values"}} {
		if marks := t.Field(pair[1]); marks.State == tree.StateKnown {
			c.under(t.Field(pair[0]), marks)
		}
	}
	if t.Field("sensitive").Scalar == true {
		c.all(t.Field("value"))
		c.all(t.Field("default"))
		c.all(t.Field("expression").Field("constant_value"))
	}
	for _, item := range t.Items {
		c.marked(item)
	}
	for _, f := range t.Fields {
		c.marked(f.Tree)
	}
}

// under notes the values that have true in their place in marks.
func (c *concealer) under(t, marks tree.Tree) {
	if marks.Scalar == true {
		c.all(t)
		return
	}
	for i, item := range marks.Items {
		if i < len(t.Items) {
			c.under(t.Items[i], item)
		}
	}
	keys := t.Keys()
	for _, f := range marks.Fields {
		c.under(keys.Field(f.Key), f.Tree)
	}
}

// all notes all texts and numbers in a value.
func (c *concealer) all(t tree.Tree) {
	if text, ok := tree.Text(t.Scalar); ok && t.State == tree.StateKnown {
		c.texts = append(c.texts, text)
	}
	for _, item := range t.Items {
		c.all(item)
	}
	for _, f := range t.Fields {
		c.all(f.Tree)
	}
}
