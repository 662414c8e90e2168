package lsp_test

import (
	"testing"
)

const openURL = `resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "NONE"
}
`

const closedURL = `resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "AWS_IAM"
}
`

func TestOpenEditSaveClose(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.edit("main.tf", object{"range": span(2, 24, 2, 28), "text": "AWS_IAM"})
	c.shows("main.tf")
	c.close("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.open("main.tf")
	c.change("main.tf", closedURL)
	c.save("main.tf", closedURL)
	c.shows("main.tf")
}

func TestFindingsOfOtherFiles(t *testing.T) {
	caller := "module \"m\" {\n  source = \"./m\"\n  auth   = \"NONE\"\n}\n"
	c := session(t, map[string]string{
		"main.tf":   caller,
		"m/main.tf": "variable \"auth\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name      = \"f\"\n  authorization_type = var.auth\n}\n",
	})
	c.open("m/main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.open("main.tf")
	c.edit("main.tf", object{"range": span(2, 12, 2, 16), "text": "AWS_IAM"})
	c.shows("main.tf")
}
