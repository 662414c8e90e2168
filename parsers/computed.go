package parsers

import "regexp"

// A change must not hide behind a path that is computed: which files a unit reads then, its text does not tell.

// fileCall matches a call of a Terraform function that reads a file.
var fileCall = regexp.MustCompile(`\b(?:file|fileexists|filebase64|filemd5|filesha1|filesha256|filesha512|filebase64sha256|filebase64sha512|templatefile)\(`)

// literalPath matches the argument of such a call if it is a literal, or one below a directory of the module.
var literalPath = regexp.MustCompile(`^\s*\\?"(?:\$\{path\.(?:module|root|cwd)\})?[^"$%\\]*\\?"\s*[,)]`)

// computedPath matches other computed paths: sets of files in Terraform, the code of archives and modules there, and properties for
// local files in CloudFormation.
var computedPath = regexp.MustCompile(`\bfileset\(|"local_(?:sensitive_)?file"` +
	`|\b(?:source_dir|source_file|source_path|filename)"?\s*[=:]\s*"[^"\n]*[$%]\{(?:[^p]|p(?:[^a]|a[^t]))` +
	`|\b(?:source_dir|source_file|source_path)\s*=\s*[^"\s\[{]` +
	`|\b(?:CodeUri|ContentUri|DefinitionUri|SchemaUri|TemplateURL|Location|BodyS3Location|DefinitionS3Location|DockerContext|Dockerfile)["']?\s*:\s*(?:!(?:Sub|Join|Ref|If|FindInMap|Select)|\{?\s*["']?(?:Fn::|Ref["']?\s*:))`)

// computesPaths reports whether the text of a unit computes the path of a file that it reads.
func computesPaths(text []byte) bool {
	for _, at := range fileCall.FindAllIndex(text, -1) {
		if !literalPath.Match(text[at[1]:]) {
			return true
		}
	}
	return computedPath.Match(text)
}
