package tree_test

import (
	"testing"

	"lintel/internal/tree"
)

// TestDocumentWithEqualKeys checks that the last of several fields with one key counts at every level.
func TestDocumentWithEqualKeys(t *testing.T) {
	document := tree.Document(literal(`{"a": 1, "Statement": [{"Action": "s3:*", "Effect": "Allow", "Action": "logs:*"}], "a": 2}`, 0))
	statement := document.Field("Statement").Items[0]
	if action, _ := statement.Field("Action").String(); action != "logs:*" || len(statement.Fields) != 2 {
		t.Errorf("Action is %q, %d fields", action, len(statement.Fields))
	}
	if a := document.Field("a").Scalar; a != "2" || len(document.Fields) != 2 {
		t.Errorf("a is %v, %d fields", a, len(document.Fields))
	}
}
