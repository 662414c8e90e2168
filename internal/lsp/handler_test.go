package lsp_test

import "testing"

// TestCodeAlone opens a source file and not the template whose function it belongs to.
func TestCodeAlone(t *testing.T) {
	c := session(t, map[string]string{
		"template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n" +
			"    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src}\n",
		"src/app.py": "import os\n\n\ndef handler(event, context):\n    os.system(event['x'])\n",
	})
	c.open("src/app.py")
	c.shows("src/app.py", "event-reaches-command")
}

// TestCodeOfFunctions checks that findings in the code of a function are shown in its file, and follow its edits.
func TestCodeOfFunctions(t *testing.T) {
	c := session(t, map[string]string{
		"template.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n" +
			"    Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src}\n",
		"src/app.py": "import os\n\n\ndef handler(event, context):\n    os.system(event['x'])\n",
	})
	c.open("template.yaml")
	c.shows("src/app.py", "event-reaches-command")
	c.open("src/app.py")
	c.change("src/app.py", "import os\n\n\ndef handler(event, context):\n    os.system('ls')\n")
	c.shows("src/app.py")
	c.change("src/app.py", "import os\n\n\ndef handler(event, context):\n    eval(event['x'])\n")
	c.shows("src/app.py", "event-reaches-command")
}
