package cli_test

import "strings"

// maxCode is the size of the largest source file of a function that is read, less what a bomb has around its core.
const maxCode = 1<<20 - 1<<10

// handlerOf is a configuration whose function has its code in a source file.
func handlerOf(handler, runtime string) string {
	return "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = \"r\"\n  handler = \"" + handler +
		"\"\n  runtime = \"" + runtime + "\"\n  filename = data.archive_file.f.output_path\n}\ndata \"archive_file\" \"f\" {\n" +
		"  type = \"zip\"\n  source_dir = path.module\n  output_path = \"f.zip\"\n}\n"
}

// codeBombs are source files of functions that nest or repeat what their languages have.
func codeBombs() []bomb {
	code := func(file, handler, runtime, name, before, open, core, closing string) bomb {
		return bomb{name: "code " + name, file: file, fine: true, beside: handlerOf(handler, runtime), text: func(size int) string {
			return before + nested(min(size, maxCode), open, core, closing) + "\n"
		}}
	}
	python := func(name, open, core, closing string) bomb {
		return code("app.py", "app.handler", "python3.13", "python "+name, "def handler(event, context):\n    return ", open, core, closing)
	}
	script := func(name, open, core, closing string) bomb {
		return code("app.js", "app.handler", "nodejs22.x", "javascript "+name, "exports.handler = async (event) => ", open, core, closing)
	}
	typed := func(name, open, core, closing string) bomb {
		return code("app.ts", "app.handler", "nodejs22.x", "typescript "+name, "export const handler = (event: ", open, core, closing)
	}
	golang := func(name, open, core, closing string) bomb {
		return code("main.go", "bootstrap", "provided.al2023", "go "+name, "package main\n\nfunc main() { lambda.Start(h) }\n\nvar x = ", open, core, closing)
	}
	return []bomb{
		python("parentheses", "(", "1", ")"),
		python("parentheses never closed", "(", "1", ""),
		python("operators", "a+", "1", ""),
		python("not", "not ", "a", ""),
		python("lambdas", "lambda:", "1", ""),
		python("conditionals", "a if a else ", "1", ""),
		python("calls", "f(", "1", ")"),
		python("calls one after another", "", "f", "()"),
		python("attributes", "", "a", ".a"),
		python("strings in f-strings", `f"{`, "1", `}"`),
		python("strings side by side", `"a" `, `"b"`, ""),
		python("comprehensions", "[a for a in ", "a", "]"),
		python("conditions of comprehensions", "[a for a in a if ", "a", "]"),
		code("app.py", "app.handler", "python3.13", "python elif", "def handler(event, context):\n    if a: pass\n", "    elif a: pass\n", "", ""),
		code("app.py", "app.handler", "python3.13", "python decorators", "", "@a\n", "def handler(event, context): pass", ""),
		script("parentheses", "(", "1", ")"),
		script("arrows", "a=>", "1", ""),
		script("conditionals", "a?", "1", ":1"),
		script("conditionals never ended", "a?", "1", ""),
		script("templates", "`${", "1", "}`"),
		script("templates never closed", "`${", "1", ""),
		script("regular expressions", "/[/", "1", ""),
		script("concatenation", `"a"+`, `"b"`, ""),
		script("calls", "f(", "1", ")"),
		script("calls one after another", "", "f", "()"),
		script("optional chains", "", "a", "?.a"),
		script("functions", "function(){return ", "1", "}"),
		script("objects", "({a:", "1", "})"),
		script("classes", "class{a=", "1", "}"),
		script("await", "await ", "a", ""),
		typed("type arguments", "A<", "B", ">"),
		typed("type arguments never closed", "A<", "B", ""),
		typed("function types", "(a:", "B", ")=>C"),
		typed("parentheses", "(", "A", ")"),
		typed("unions", "A|", "B", ""),
		typed("conditional types", "A extends B?", "C", ":D"),
		typed("objects", "{a:", "B", "}"),
		golang("parentheses", "(", "1", ")"),
		golang("operators", "1+", "1", ""),
		golang("minus", "- ", "1", ""),
		golang("selectors", "", "a", ".a"),
		golang("calls", "f(", "1", ")"),
		golang("types", "[]", "int{}", ""),
		golang("functions", "func(){_=", "1", "}"),
		{name: "code python chain of constants", file: "app.py", fine: true, beside: handlerOf("app.handler", "python3.13"), text: func(size int) string {
			return lines(min(size, maxCode), "import os\n", "x<i> = x<j> + x<j>\n", "def handler(event, context):\n    return os.environ[x0]\n")
		}},
		{name: "code python chain of functions", file: "app.py", fine: true, beside: handlerOf("app.handler", "python3.13"), text: func(size int) string {
			return lines(min(size, maxCode), "", "def f<i>(a): return f<j>(f<j>(a))\n", "def handler(event, context):\n    return f0(event)\n")
		}},
		{name: "code javascript chain of constants", file: "app.js", fine: true, beside: handlerOf("app.handler", "nodejs22.x"), text: func(size int) string {
			return lines(min(size, maxCode), "", "const x<i> = x<j> + x<j>;\n", "exports.handler = async () => process.env[x0];\n")
		}},
		{name: "code javascript chain of functions", file: "app.js", fine: true, beside: handlerOf("app.handler", "nodejs22.x"), text: func(size int) string {
			return lines(min(size, maxCode), "", "function f<i>(a) { return f<j>(f<j>(a)); }\n", "exports.handler = async (event) => f0(event);\n")
		}},
		{name: "code go chain of functions", file: "main.go", fine: true, beside: handlerOf("bootstrap", "provided.al2023"), text: func(size int) string {
			return lines(min(size, maxCode), "package main\n\nfunc main() { lambda.Start(f0) }\n\n", "func f<i>(a int) int { return f<j>(f<j>(a)) }\n", "")
		}},
		{name: "code inline", file: "app.yaml", fine: true, text: func(size int) string {
			return "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Handler: index.handler\n      Runtime: python3.13\n      Role: r\n      Code:\n        ZipFile: |\n          " +
				strings.Repeat("(", min(size, maxCode)) + "\n"
		}},
	}
}
