package cli_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lintel/internal/artifact"
	"lintel/internal/cli"
)

// registry is an OCI registry with one artifact, rules:v1. Each change of its files makes another version.
type registry struct {
	host  string
	blobs map[string][]byte // by digest
	tag   string            // digest of the manifest
}

// startRegistry starts a registry without TLS on this machine.
func startRegistry(t *testing.T) *registry {
	t.Helper()
	r := &registry{blobs: map[string][]byte{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		name := filepath.Base(req.URL.Path)
		digest := strings.TrimPrefix(strings.Replace(name, "v1", r.tag, 1), "sha256:")
		content, ok := r.blobs[digest]
		if !ok {
			http.NotFound(w, req)
			return
		}
		if strings.Contains(req.URL.Path, "/manifests/") {
			w.Header().Set("Content-Type", "application/vnd.oci.image.manifest.v1+json")
		}
		_, _ = w.Write(content)
	}))
	t.Cleanup(server.Close)
	r.host = strings.TrimPrefix(server.URL, "http://")
	return r
}

// push makes files the version v1 and returns the pinned reference.
func (r *registry) push(files ...[2]string) string {
	var layers []string
	for _, file := range files {
		digest := artifact.Sum([]byte(file[1]))
		r.blobs[digest] = []byte(file[1])
		layers = append(layers, fmt.Sprintf(`{"mediaType":"text/plain","digest":"sha256:%s","size":%d,"annotations":{"org.opencontainers.image.title":%q}}`, digest, len(file[1]), file[0]))
	}
	manifest := []byte(`{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[` + strings.Join(layers, ",") + `]}`)
	r.tag = artifact.Sum(manifest)
	r.blobs[r.tag] = manifest
	return "oci://" + r.host + "/rules:v1@sha256:" + r.tag
}

const pulledRule = `# METADATA
# title: Function is named after nothing
# description: For tests.
# related_resources:
#   - ref: https://example.com
#     description: Example
# schemas:
#   - input: schema.stack
# custom:
#   id: acme-timeout
#   severity: high
#   category: own
#   profile: default
#   since: v1
#   remediation: Lower it.
package rules.acme_timeout

deny contains {"at": fn.timeout.at, "message": $"{fn.id} has a timeout of LIMIT seconds or more"} if {
	some fn in input.functions
	fn.timeout.value >= LIMIT
}
`

func ruleWith(limit string) [2]string {
	return [2]string{"policies/rules/acme_timeout/policy.rego", strings.ReplaceAll(pulledRule, "LIMIT", limit)}
}

// expect runs a command, which must have an exit code and contain a text in its output.
func expect(t *testing.T, code int, want string, args ...string) {
	t.Helper()
	var out bytes.Buffer
	got := cli.Main(args, strings.NewReader(""), &out, &out)
	if got != code || !strings.Contains(out.String(), want) {
		t.Errorf("lintel %s: exit code %d, want %d and %q:\n%s", strings.Join(args, " "), got, code, want, &out)
	}
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPull checks rules of a registry from the first pull to a change that exchanges them.
func TestPull(t *testing.T) {
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	t.Chdir(t.TempDir())
	r := startRegistry(t)
	configuration := [2]string{".lintel.yaml", "policies: [policies]\nrules: {tracing-disabled: off}\nvar-files: [a.tfvars]\n"}
	values := [2]string{"a.tfvars", "seconds = 90\n"}
	first := r.push(configuration, values, ruleWith("60"))
	git(t, ".", "init", "-q", ".")
	writeFile(t, "main.tf", `variable "seconds" {}
resource "aws_lambda_function" "a" {
  timeout = var.seconds
}
`)
	check := []string{"check", "--rule", "acme-timeout", "."}

	writeFile(t, ".lintel.yaml", "extends: oci://"+r.host+"/rules:v1\n")
	expect(t, 2, `.lintel.yaml:1: extends: oci://`+r.host+`/rules:v1 has no digest; run "lintel rules pull oci://`, "check", ".")
	expect(t, 2, "has no digest", "rules", "pull", "--plain-http")
	expect(t, 2, "has no digest", "rules")
	expect(t, 0, "extends: "+first+"\n", "rules", "pull", "--plain-http", "oci://"+r.host+"/rules:v1")
	writeFile(t, ".lintel.yaml", "")
	expect(t, 1, "no configuration needs it", "rules", "pull", "--check")

	writeFile(t, ".lintel.yaml", "extends: "+first+"\n")
	expect(t, 0, "", "rules", "pull", "--check")
	expect(t, 1, "a has a timeout of 60 seconds or more", check...)
	expect(t, 0, "acme-timeout", "rules")
	if entries, err := os.ReadDir(artifact.Dir); err != nil || len(entries) != 4 {
		t.Errorf("the store has %d files, want the manifest and three layers: %v", len(entries), err)
	}

	git(t, ".", "add", "-A")
	git(t, ".", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a")
	second := r.push(configuration, values, ruleWith("120"))
	writeFile(t, ".lintel.yaml", "extends: "+second+"\n")
	expect(t, 2, `not in .lintel/blobs/sha256; run "lintel rules pull" and commit .lintel`, "check", ".")
	expect(t, 2, `run \"lintel rules pull\"`, "rules")
	expect(t, 1, `not in .lintel/blobs/sha256`, "rules", "pull", "--check")
	expect(t, 0, "Not used: "+artifact.PathOf(first[len(first)-64:]), "rules", "pull", "--plain-http")
	expect(t, 0, "", check...)
	expect(t, 0, "Deleted "+artifact.PathOf(first[len(first)-64:]), "rules", "pull", "--prune")
	expect(t, 0, "", "rules", "pull", "--check")

	writeFile(t, "b.tf", "resource \"aws_lambda_function\" \"b\" {\n  timeout = 100\n}\n")
	expect(t, 1, "b has a timeout of 60 seconds or more", "check", "--rule", "acme-timeout", "--against", "HEAD", ".")
	expect(t, 0, "(--trust-config)", "check", "--rule", "acme-timeout", "--against", "HEAD", "--trust-config", ".")

	altered := filepath.FromSlash(artifact.PathOf(second[len(second)-64:]))
	writeFile(t, altered, "{}")
	expect(t, 2, "does not have this digest", "check", ".")
	expect(t, 0, "Fetched "+second, "rules", "pull", "--plain-http")
	expect(t, 0, "", check...)
}

// TestPullNested checks that an artifact can extend another one, and that its paths stay in it.
func TestPullNested(t *testing.T) {
	t.Setenv("DOCKER_CONFIG", t.TempDir())
	t.Chdir(t.TempDir())
	r := startRegistry(t)
	inner := r.push([2]string{".lintel.yaml", "policies: [.]\n"}, [2]string{"acme_timeout/policy.rego", ruleWith("60")[1]})
	outer := r.push([2]string{".lintel.yml", "extends: shared/base.yaml\n"}, [2]string{"shared/base.yaml", "extends: " + inner + "\n"})
	git(t, ".", "init", "-q", ".")
	writeFile(t, "main.tf", "resource \"aws_lambda_function\" \"a\" {\n  timeout = 90\n}\n")
	writeFile(t, ".lintel.yaml", "extends: "+outer+"\n")
	expect(t, 0, "2 artifacts in .lintel/blobs/sha256; commit .lintel", "rules", "pull", "--plain-http")
	expect(t, 1, "a has a timeout of 60 seconds or more", "check", "--rule", "acme-timeout", ".")

	for content, want := range map[string]string{
		"extends: ../../../.lintel.yaml\n":         "is outside of the artifact that contains this file",
		"var-files: [../../../../secret.tfvars]\n": "var-files: ../../../../secret.tfvars is outside of the artifact",
		"profile: al\n": `!/.lintel.yaml:1: "al" must be one of`,
	} {
		writeFile(t, ".lintel.yaml", "extends: "+r.push([2]string{".lintel.yaml", content})+"\n")
		expect(t, 0, "", "rules", "pull", "--plain-http")
		expect(t, 2, want, "check", ".")
	}
	writeFile(t, ".lintel.yaml", "extends: "+r.push([2]string{"a.yaml", ""})+"\n")
	expect(t, 0, "", "rules", "pull", "--plain-http")
	expect(t, 2, "has no .lintel.yaml in its root", "check", ".")
	writeFile(t, ".lintel.yaml", "extends: "+r.push([2]string{"../.lintel.yaml", ""})+"\n")
	expect(t, 2, "the path is not valid", "rules", "pull", "--plain-http")
	expect(t, 2, "--prune looks at the configurations", "rules", "pull", "--prune", inner)
	expect(t, 2, "did you mean pull?", "rules", "pul")
	expect(t, 2, "--check only compares", "rules", "pull", "--check", "--prune")
}
