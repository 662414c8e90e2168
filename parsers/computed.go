package parsers

import (
	"regexp"
	"sync"
)

// A change must not hide behind a path that is computed: which files a unit reads then, its text does not tell.

// pathPatterns are the patterns of computesPaths. They are compiled when first needed: most runs need none.
//
//   - call matches a call of a Terraform function that reads a file.
//   - literal matches the argument of such a call if it is a literal, or one below a directory of the module.
//   - computed matches other computed paths: sets of files in Terraform, the code of archives and modules there, and properties for
//     local files in CloudFormation.
var pathPatterns = sync.OnceValue(func() (p struct{ call, literal, computed *regexp.Regexp }) { //nolint:gochecknoglobals // never written
	p.call = regexp.MustCompile(`\b(?:file|fileexists|filebase64|filemd5|filesha1|filesha256|filesha512|filebase64sha256|filebase64sha512|templatefile)\(`)
	p.literal = regexp.MustCompile(`^\s*\\?"(?:\$\{path\.(?:module|root|cwd)\})?[^"$%\\]*\\?"\s*[,)]`)
	p.computed = regexp.MustCompile(`\bfileset\(|"local_(?:sensitive_)?file"` +
		`|\b(?:source_dir|source_file|source_path|filename)"?\s*[=:]\s*"[^"\n]*[$%]\{(?:[^p]|p(?:[^a]|a[^t]))` +
		`|\b(?:source_dir|source_file|source_path)\s*=\s*[^"\s\[{]` +
		`|\b(?:CodeUri|ContentUri|DefinitionUri|SchemaUri|TemplateURL|Location|BodyS3Location|DefinitionS3Location|DockerContext|Dockerfile)["']?\s*:\s*(?:!(?:Sub|Join|Ref|If|FindInMap|Select)|\{?\s*["']?(?:Fn::|Ref["']?\s*:))`)
	return p
})

// computesPaths reports whether the text of a unit computes the path of a file that it reads.
func computesPaths(text []byte) bool {
	p := pathPatterns()
	for _, at := range p.call.FindAllIndex(text, -1) {
		if !p.literal.Match(text[at[1]:]) {
			return true
		}
	}
	return p.computed.Match(text)
}
