package cli_test

import (
	"strconv"
	"strings"
)

// sharedBombs have a part that many resources share.
func sharedBombs() []bomb {
	const samFunction = "  F<i>: {Type: AWS::Serverless::Function, Properties: {Handler: a.h, Runtime: python3.13, CodeUri: s3://b/k}}\n"
	of := func(size, most int) int { return min(most, max(1, most*size/(1<<20))) }
	return []bomb{
		{name: "template Globals of many functions", file: "template.yaml", fine: true, text: func(size int) string {
			return numbered(of(size, 8000), "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Environment:\n      Variables:\n", "        V<i>: value-<i>\n", "Resources:\n") +
				numbered(of(size, 400), "", samFunction, "")
		}},
		{name: "template tags in Globals of many functions", file: "template.yaml", fine: true, text: func(size int) string {
			return numbered(of(size, 3000), "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    Tags:\n", "      T<i>: v\n", "Resources:\n") + numbered(of(size, 1000), "", samFunction, "")
		}},
		{name: "template two lookups in a key of many functions", file: "template.yaml", text: func(size int) string {
			return numbered(of(size, 900), "Parameters:\n  P: {Type: String}\n  Q: {Type: String}\nMappings:\n  M:\n", "    k<i>: {a: v<i>, b: w<i>}\n", "") +
				numbered(of(size, 900), "  T:\n", "    v<i>w<i>: {t: 3}\n", "Resources:\n") +
				numbered(of(size, 300), "", "  F<i>: {Type: AWS::Lambda::Function, Properties: {Timeout: !FindInMap [T, !Sub ['${a}${b}', {a: !FindInMap [M, !Ref P, a], b: !FindInMap [M, !Ref Q, b]}], t]}}\n", "")
		}},
		{name: "template conditions that compare two lookups", file: "template.yaml", fine: true, text: func(size int) string {
			return numbered(of(size, 900), "Parameters:\n  P: {Type: String}\n  Q: {Type: String}\nMappings:\n  M:\n", "    k<i>: {a: v<i>, b: w<i>}\n", "Conditions:\n") +
				numbered(of(size, 100), "", "  C<i>: !Equals [!FindInMap [M, !Ref P, a], !Sub ['x<i>${b}', {b: !FindInMap [M, !Ref Q, b]}]]\n", "Resources:\n") +
				numbered(of(size, 100), "", "  F<i>: {Type: AWS::Lambda::Function, Condition: C<i>, Properties: {Timeout: 3}}\n", "")
		}},
		{
			name: "HCL definition of an API in one line of YAML", file: "main.tf", fine: true, text: func(int) string {
				return "resource \"aws_api_gateway_rest_api\" \"a\" {\n  name = \"a\"\n  body = file(\"${path.module}/api.yaml\")\n}\n"
			},
			others: map[string]string{"api.yaml": numbered(15_000, "openapi: 3.0.1\npaths: {", "/p<i>: {get: {responses: {}}}, ", "}\n")},
		},
		{name: "HCL default tags of many functions", file: "main.tf", fine: true, text: func(size int) string {
			return numbered(of(size, 3000), "provider \"aws\" {\n  default_tags {\n    tags = {\n", "      t<i> = \"v\"\n", "    }\n  }\n}\n") +
				numbered(of(size, 1000), "", "resource \"aws_lambda_function\" \"f<i>\" {\n  function_name = \"f<i>\"\n}\n", "")
		}},
		{name: "HCL managed policy of many roles", file: "main.tf", fine: true, text: func(size int) string {
			return numbered(of(size, 1000), "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode({Statement = [\n",
				"    {Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"arn:aws:s3:::b<i>/*\"},\n", "  ]})\n}\n") +
				numbered(of(size, 400), "", "resource \"aws_iam_role\" \"r<i>\" {\n  name = \"r<i>\"\n  assume_role_policy = \"{}\"\n}\n"+
					"resource \"aws_iam_role_policy_attachment\" \"p<i>\" {\n  role = aws_iam_role.r<i>.name\n  policy_arn = aws_iam_policy.p.arn\n}\n", "")
		}},
		{name: "HCL inline policy of many roles", file: "main.tf", fine: true, text: func(size int) string {
			return numbered(of(size, 1000), "locals {\n  p = jsonencode({Statement = [\n", "    {Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"arn:aws:s3:::b<i>/*\"},\n", "  ]})\n}\n") +
				numbered(of(size, 400), "", "resource \"aws_iam_role\" \"r<i>\" {\n  name = \"r<i>\"\n  assume_role_policy = \"{}\"\n}\n"+
					"resource \"aws_iam_role_policy\" \"p<i>\" {\n  role = aws_iam_role.r<i>.name\n  policy = local.p\n}\n", "")
		}},
		{name: "HCL merge of a map in many locals", file: "main.tf", fine: true, text: func(size int) string {
			return numbered(of(size, 500), "locals {\n  base = {for i in range(1000) : \"k${i}\" => \"v${i}\"}\n", "  m<i> = merge(local.base, {x<i> = \"y\"})\n", "}\n") +
				numbered(of(size, 500), "", "resource \"aws_lambda_function\" \"f<i>\" {\n  function_name = \"f<i>\"\n  environment {\n    variables = local.m<i>\n  }\n}\n", "")
		}},
		{name: "HCL dynamic blocks of many instances", file: "main.tf", fine: true, text: func(size int) string {
			n := strconv.Itoa(of(size, 300))
			return "resource \"aws_security_group\" \"s\" {\n  count = " + n + "\n  dynamic \"ingress\" {\n    for_each = range(" + n + ")\n" +
				"    content {\n      from_port = ingress.value\n      protocol = \"tcp\"\n      cidr_blocks = [\"0.0.0.0/0\"]\n    }\n  }\n}\n"
		}},
		{name: "HCL policy documents of many instances", file: "main.tf", fine: true, text: func(size int) string {
			n := strconv.Itoa(of(size, 300))
			return "data \"aws_iam_policy_document\" \"d\" {\n  count = " + n + "\n  dynamic \"statement\" {\n    for_each = range(" + n + ")\n" +
				"    content {\n      actions = [\"s3:*\"]\n      resources = [\"arn:aws:s3:::b${statement.value}\"]\n    }\n  }\n}\n" +
				"resource \"aws_iam_role_policy\" \"p\" {\n  count = " + n + "\n  role = \"r\"\n  policy = data.aws_iam_policy_document.d[count.index].json\n}\n"
		}},
		{
			name: "HCL template file of many instances", file: "main.tf", fine: true, text: func(size int) string {
				return "resource \"aws_iam_role_policy\" \"p\" {\n  count = " + strconv.Itoa(of(size, 1000)) + "\n  role = \"r\"\n  policy = templatefile(\"${path.module}/p.tpl\", {n = count.index})\n}\n"
			},
			others: map[string]string{"p.tpl": `{"Statement":[%{for i in range(300)}{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b${n}-${i}"},%{endfor}{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`},
		},
		{name: "template long text in Sub of many functions", file: "template.yaml", fine: true, text: func(size int) string {
			return "Parameters:\n  P: {Type: String, Default: " + strings.Repeat("x", 4000) + "}\nResources:\n" +
				numbered(of(size, 500), "", "  F<i>: {Type: AWS::Lambda::Function, Properties: {Description: !Sub '"+strings.Repeat("${P}", 200)+"'}}\n", "")
		}},
		{name: "code of one handler of many functions", file: "template.yaml", fine: true, text: func(size int) string {
			return numbered(of(size, 1000), "Transform: AWS::Serverless-2016-10-31\nResources:\n", strings.ReplaceAll(strings.ReplaceAll(samFunction, "a.h", "app.handler"), "s3://b/k", "src"), "")
		}, others: map[string]string{"src/app.py": numbered(100, "import boto3, os\ndef handler(event, context):\n", "    boto3.client('s3').get_object(Bucket=os.environ['B<i>'], Key='k')\n", "")}},
		{name: "code that many handlers share", file: "template.yaml", fine: true, text: func(size int) string {
			return numbered(of(size, 100), "Transform: AWS::Serverless-2016-10-31\nResources:\n", strings.ReplaceAll(strings.ReplaceAll(samFunction, "a.h", "m<i>.handler"), "s3://b/k", "src"), "")
		}, others: handlersOf(100, "from lib import f<i>\ndef handler(event, context):\n    f<i>(event)\n",
			"src/lib.py", numbered(4500, "import boto3\ns3 = boto3.client('s3')\n", "def f<i>(x):\n    s3.get_object(Bucket='b<i>', Key=x)\n    return f<j>(x + 'a')\n", ""))},
		{name: "code of handlers that import each other", file: "template.yaml", fine: true, text: func(size int) string {
			return numbered(of(size, 60), "Transform: AWS::Serverless-2016-10-31\nResources:\n", strings.ReplaceAll(strings.ReplaceAll(samFunction, "a.h", "m<i>.handler"), "s3://b/k", "src"), "")
		}, others: handlersOf(60, numbered(60, "", "import m<i>\n", "")+"import boto3\ndef handler(event, context):\n"+numbered(60, "", "    m<i>.f(event)\n", "")+
			"def f(x):\n"+numbered(60, "", "    m<i>.f(x)\n", "")+"    boto3.client('s3').get_object(Bucket='b', Key=x)\n", "", "")},
	}
}

// namedBombs have very many names in one block or text.
func namedBombs() []bomb {
	const before, after = "resource \"aws_lambda_function\" \"f\" {\n", "}\n"
	return []bomb{
		{name: "HCL blocks of many kinds", file: "main.tf", fine: true, text: func(size int) string { return lines(size/4, before, "a<i> {\n}\n", after) }},
		{name: "HCL attributes beside many blocks", file: "main.tf", fine: true, text: func(size int) string {
			return lines(size/4, before, "a<i>=1\n", strings.Repeat("b {\n}\n", size/200)+after)
		}},
		{name: "HCL write-only attributes", file: "main.tf", fine: true, text: func(size int) string { return lines(size/4, before, "a<i>_wo=1\n", after) }},
		{name: "HCL statements with IDs", file: "main.tf", fine: true, text: func(size int) string {
			return lines(size/4, "data \"aws_iam_policy_document\" \"d\" {\n", "statement {\nsid=\"a<i>\"\nactions=[\"s3:*\"]\nresources=[\"b\"]\n}\n",
				"}\nresource \"aws_iam_role_policy\" \"p\" {\n  role = \"r\"\n  policy = data.aws_iam_policy_document.d.json\n}\n")
		}},
		{name: "terraform json lists of many names", file: "main.tf.json", fine: true, text: func(size int) string {
			return lines(size, `{"resource":{"aws_lambda_function":{"f":{`, `"a<i>":[{}],`, `"a":1}}}}`)
		}},
		{name: "template words of secrets", file: "template.yaml", fine: true, text: func(size int) string {
			const words = "adafruit airtable algolia asana atlassian bitbucket discord dropbox facebook fastly github gitlab heroku hubspot kraken mailgun okta slack stripe twitter zendesk = : "
			return resource("f") + "      Description: '" + strings.Repeat(words, size/len(words)) + "'\n"
		}},
	}
}

// handlersOf are n source files of handlers, in which a text may contain the number as <i>, and a library.
func handlersOf(n int, text, library, libraryText string) map[string]string {
	files := map[string]string{}
	for i := range n {
		files["src/m"+strconv.Itoa(i)+".py"] = strings.ReplaceAll(text, "<i>", strconv.Itoa(i))
	}
	if library != "" {
		files[library] = libraryText
	}
	return files
}
