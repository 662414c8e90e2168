package terraform_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
)

// TestFunctions calls every function as the documentation does
// (https://developer.hashicorp.com/terraform/language/functions). The left side is turned into
// JSON, so that lists and maps can be compared too.
func TestFunctions(t *testing.T) {
	files := fstest.MapFS{
		"m/hello.txt":       {Data: []byte("Hello World")},
		"m/tmpl/a.tftpl":    {Data: []byte("%{ for p in ports ~}\nbackend ${addr}:${p}\n%{ endfor ~}\n")},
		"m/tmpl/self.tftpl": {Data: []byte("${templatefile(\"m/tmpl/self.tftpl\", {})}")},
		"m/src/a.js":        {Data: []byte("a")},
		"m/src/lib/b.js":    {Data: []byte("b")},
		"m/src/lib/c.txt":   {Data: []byte("c")},
	}
	for _, tt := range []struct{ call, want string }{
		// numbers
		{`abs(-12.4)`, `12.4`},
		{`ceil(5.1)`, `6`},
		{`floor(4.9)`, `4`},
		{`log(16, 2)`, `4`},
		{`max(12, 54, 3)`, `54`},
		{`min([12, 54, 3]...)`, `3`},
		{`parseint("FF", 16)`, `255`},
		{`pow(3, 2)`, `9`},
		{`signum(-13)`, `-1`},
		// texts
		{`chomp("hello\n\n")`, `"hello"`},
		{`endswith("hello world", "world")`, `true`},
		{`startswith("hello world", "hello")`, `true`},
		{`strcontains("hello world", "wor")`, `true`},
		{`format("Hello, %s! %05.1f", "Ander", 2.5)`, `"Hello, Ander! 002.5"`},
		{`formatlist("%s, %s!", "Salutations", ["Valentina", "Ander"])`, `["Salutations, Valentina!","Salutations, Ander!"]`},
		{`indent(2, "[\n  foo,\n]\n")`, `"[\n    foo,\n  ]\n  "`},
		{`join(", ", ["foo", "bar"])`, `"foo, bar"`},
		{`lower("HELLO")`, `"hello"`},
		{`upper("hello")`, `"HELLO"`},
		{`title("hello world")`, `"Hello World"`},
		{`regex("[a-z]+", "53453453.345345aaabbbccc23454")`, `"aaabbbccc"`},
		{`regex("(\\d\\d\\d\\d)-(\\d\\d)-(\\d\\d)", "2019-02-01")`, `["2019","02","01"]`},
		{`regexall("[a-z]+", "1234abcd5678efgh9")`, `["abcd","efgh"]`},
		{`replace("1 + 2 + 3", "+", "-")`, `"1 - 2 - 3"`},
		{`replace("hello world", "/w.*d/", "everybody")`, `"hello everybody"`},
		{`split(",", "foo,bar,baz")`, `["foo","bar","baz"]`},
		{`strrev("hello")`, `"olleh"`},
		{`substr("hello world", -5, -1)`, `"world"`},
		{`trim("?!hello?!", "!?")`, `"hello"`},
		{`trimprefix("helloworld", "hello")`, `"world"`},
		{`trimsuffix("helloworld", "world")`, `"hello"`},
		{`trimspace("  hello\n\n")`, `"hello"`},
		{`templatestring(local.greeting, { name = "Ada" })`, `"Hello, Ada!"`},
		// collections
		{`alltrue(["true", true])`, `true`},
		{`alltrue([])`, `true`},
		{`anytrue([true, false])`, `true`},
		{`chunklist(["a", "b", "c"], 2)`, `[["a","b"],["c"]]`},
		{`coalesce("", "b")`, `"b"`},
		{`coalesce(null, 2)`, `2`},
		{`coalescelist([], ["c", "d"])`, `["c","d"]`},
		{`compact(["a", "", "b", null])`, `["a","b"]`},
		{`concat(["a", ""], ["b"])`, `["a","","b"]`},
		{`contains(["a", "b"], "a")`, `true`},
		{`distinct(["a", "b", "a"])`, `["a","b"]`},
		{`element(["a", "b", "c"], 3)`, `"a"`},
		{`flatten([["a", "b"], [], [["c"]]])`, `["a","b","c"]`},
		{`index(["a", "b", "c"], "b")`, `1`},
		{`keys({ a = 1, c = 2, b = 3 })`, `["a","b","c"]`},
		{`length({ a = "b" })`, `1`},
		{`length("hello")`, `5`},
		{`lookup({ a = "ay", b = "bee" }, "c", "what?")`, `"what?"`},
		{`matchkeys(["i-123", "i-abc", "i-def"], ["us-west", "us-east", "us-east"], ["us-east"])`, `["i-abc","i-def"]`},
		{`merge({ a = "b", c = "d" }, { e = "f", c = "z" })`, `{"a":"b","c":"z","e":"f"}`},
		{`one(["a"])`, `"a"`},
		{`one([])`, `null`},
		{`range(1, 8, 2)`, `[1,3,5,7]`},
		{`reverse([1, 2, 3])`, `[3,2,1]`},
		{`setintersection(["a", "b"], ["b", "c"])`, `["b"]`},
		{`setproduct(["d", "t"], ["a1"])`, `[["d","a1"],["t","a1"]]`},
		{`setsubtract(["a", "b", "c"], ["a", "c"])`, `["b"]`},
		{`setunion(["a", "b"], ["b", "c"])`, `["a","b","c"]`},
		{`slice(["a", "b", "c", "d"], 1, 3)`, `["b","c"]`},
		{`sort(["e", "d", "a"])`, `["a","d","e"]`},
		{`sum([10, 13, 6, 4.5])`, `33.5`},
		{`transpose({ "a" = ["1", "2"], "b" = ["2", "3"] })`, `{"1":["a"],"2":["a","b"],"3":["b"]}`},
		{`values({ a = 3, c = 2, d = 1 })`, `[3,2,1]`},
		{`zipmap(["a", "b"], [1, 2])`, `{"a":1,"b":2}`},
		// encodings
		{`base64decode("SGVsbG8gV29ybGQ=")`, `"Hello World"`},
		{`base64encode("Hello World")`, `"SGVsbG8gV29ybGQ="`},
		{`base64gunzip(base64gzip("Hello World"))`, `"Hello World"`},
		{`csvdecode("a,b\n1,2\n")`, `[{"a":"1","b":"2"}]`},
		{`jsondecode("{\"hello\": \"world\"}")`, `{"hello":"world"}`},
		{`jsonencode({ "hello" = "world" })`, `"{\"hello\":\"world\"}"`},
		{`textencodebase64("Hello World", "UTF-16LE")`, `"SABlAGwAbABvACAAVwBvAHIAbABkAA=="`},
		{`textdecodebase64("SABlAGwAbABvACAAVwBvAHIAbABkAA==", "UTF-16LE")`, `"Hello World"`},
		{`textdecodebase64(textencodebase64("é", "utf-16be"), "utf-16be")`, `"é"`},
		{`urlencode("Hello World!")`, `"Hello+World%21"`},
		{`urldecode("Hello+World%21")`, `"Hello World!"`},
		{`yamldecode("hello: world")`, `{"hello":"world"}`},
		{`yamlencode({ "a" = "b" })`, `"\"a\": \"b\"\n"`},
		// files
		{`file("${path.module}/hello.txt")`, `"Hello World"`},
		{`file("hello.txt")`, `"Hello World"`},
		{`fileexists("${path.module}/hello.txt")`, `true`},
		{`filebase64("hello.txt")`, `"SGVsbG8gV29ybGQ="`},
		{`filemd5("hello.txt")`, `"b10a8db164e0754105b7a99be72e3fe5"`},
		{`filesha256("hello.txt")`, `"a591a6d40bf420404a011733cfb7b190d62c65bf0bcda32b57b277d9ad9f146e"`},
		{`filebase64sha256("hello.txt")`, `"pZGm1Av0IEBKARczz7exkNYsZb8LzaMrV7J32a2fFG4="`},
		{`fileset(path.module, "src/*")`, `["src/a.js"]`},
		{`fileset("${path.module}/src", "**/*.{js,txt}")`, `["a.js","lib/b.js","lib/c.txt"]`},
		{`templatefile("${path.module}/tmpl/a.tftpl", { ports = [8080, 8088], addr = "10.0.0.1" })`, `"backend 10.0.0.1:8080\nbackend 10.0.0.1:8088\n"`},
		{`basename("foo/bar/baz.txt")`, `"baz.txt"`},
		{`dirname("foo/bar/baz.txt")`, `"foo/bar"`},
		// dates, hashes, addresses
		{`formatdate("DD MMM YYYY hh:mm ZZZ", "2018-01-02T23:12:01Z")`, `"02 Jan 2018 23:12 UTC"`},
		{`timeadd("2017-11-22T00:00:00Z", "10m")`, `"2017-11-22T00:10:00Z"`},
		{`timecmp("2017-11-22T00:00:00Z", "2017-11-22T01:00:00+01:00")`, `0`},
		{`base64sha256("hello world")`, `"uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="`},
		{`md5("hello world")`, `"5eb63bbbe01eeed093cb22bb8f5acdc3"`},
		{`sha1("hello world")`, `"2aae6c35c94fcfb415dbe95f408b9ce91ee846ed"`},
		{`sha256("hello world")`, `"b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"`},
		{`uuidv5("dns", "www.terraform.io")`, `"a5008fae-b28c-5ba5-96cd-82b4c53552d6"`},
		{`cidrhost("10.12.112.0/20", 16)`, `"10.12.112.16"`},
		{`cidrnetmask("172.16.0.0/12")`, `"255.240.0.0"`},
		{`cidrsubnet("172.16.0.0/12", 4, 2)`, `"172.18.0.0/16"`},
		{`cidrsubnets("10.1.0.0/16", 4, 4)`, `["10.1.0.0/20","10.1.16.0/20"]`},
		// types
		{`can(local.nothing.x)`, `false`},
		{`try(local.nothing.x, "fallback")`, `"fallback"`},
		{`nonsensitive(sensitive("x"))`, `"x"`},
		{`issensitive(sensitive("x"))`, `true`},
		{`issensitive("x")`, `false`},
		{`tobool("true")`, `true`},
		{`tolist(["a", "b", 3])`, `["a","b","3"]`},
		{`tomap({ "a" = 1, "b" = "2" })`, `{"a":"1","b":"2"}`},
		{`tonumber("1")`, `1`},
		{`toset(["c", "b", "b"])`, `["b","c"]`},
		{`tostring(1)`, `"1"`},
		{`core::upper("hello")`, `"HELLO"`},
		// not known before Terraform runs, or not for us to read
		{`timestamp()`, `unknown`},
		{`plantimestamp()`, `unknown`},
		{`uuid()`, `unknown`},
		{`bcrypt("x")`, `unknown`},
		{`rsadecrypt("x", "y")`, `unknown`},
		{`provider::aws::arn_build("aws", "iam", "", "1", "role/r")`, `unknown`},
		{`abspath(path.root)`, `unknown`},
		{`pathexpand("~/x")`, `unknown`},
		{`file("/etc/passwd")`, `unknown`},
		{`file("../../etc/passwd")`, `unknown`},
		{`file("made-by-the-build.zip")`, `unknown`},
		{`fileexists("made-by-the-build.zip")`, `unknown`},
		{`fileset("made-by-the-build", "*")`, `unknown`},
		{`templatefile("tmpl/self.tftpl", {})`, `unknown`},
		{`textencodebase64("x", "EBCDIC")`, `unknown`},
	} {
		t.Run(tt.call, func(t *testing.T) {
			files["m/main.tf"] = &fstest.MapFile{Data: fmt.Appendf(nil, `
locals {
  greeting = "Hello, $${name}!"
  nothing  = {}
  value    = %s
}
resource "aws_lambda_function" "f" { handler = jsonencode(local.value) }
`, tt.call)}
			r := parseAt(t, files, "m", deployment.Options{})
			want := jsonText(tt.want)
			if tt.want == "unknown" {
				want = `{"unknown":true}`
			}
			if got := r.Show("functions.0.handler"); got != want {
				t.Errorf("%s, want %s", got, want)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

// jsonText is how a view shows an attribute with the value.
func jsonText(value string) string {
	text, _ := json.Marshal(map[string]string{"value": value}) //nolint:errchkjson // strings
	return string(text)
}
