package artifact_test

import (
	"strings"
	"testing"

	"lintel/internal/artifact"
)

func TestParsePinned(t *testing.T) {
	digest := "@sha256:" + strings.Repeat("0a", 32)
	for text, want := range map[string]string{
		"https://example.com/rules.tar.gz" + digest:          "",
		"https://example.com:8443/a/b?version=1" + digest:    "",
		"https://example.com/@scope/rules.tgz" + digest:      "",
		"oci://registry.example.com/team/rules:v1" + digest:  "",
		"oci://localhost:5000/rules" + digest:                "",
		"oci://[::1]:5000/rules" + digest:                    "",
		"https://example.com/rules.tar.gz":                   `has no digest; run "lintel rules pull https://example.com/rules.tar.gz", which prints the reference with it`,
		"oci://registry.example.com/rules:v1":                `has no digest; run "lintel rules pull oci://registry.example.com/rules:v1", which prints the reference with it`,
		"https://example.com/@scope/rules.tgz":               `has no digest; run "lintel rules pull https://example.com/@scope/rules.tgz", which prints the reference with it`,
		"http://example.com/rules.tar.gz" + digest:           "is not encrypted; use https:// or oci://",
		"git::https://example.com/rules" + digest:            "must start with https:// (an archive) or oci:// (an OCI artifact)",
		"https://user:secret@example.com/rules.tgz" + digest: "contains a user name or password; publish private rules in an OCI registry, whose credentials Docker's configuration contains",
		"https://example.com" + digest:                       "is not a URL such as https://HOST/PATH/rules.tar.gz",
		"https:///rules.tgz" + digest:                        "is not a URL such as https://HOST/PATH/rules.tar.gz",
		"https://example.com/a#b" + digest:                   "is not a URL such as https://HOST/PATH/rules.tar.gz",
		"oci://rules" + digest:                               "is not an OCI reference such as oci://REGISTRY/NAME:TAG",
		"oci://registry.example.com/../rules" + digest:       "is not an OCI reference such as oci://REGISTRY/NAME:TAG",
		"oci://registry.example.com/Rules" + digest:          "is not an OCI reference such as oci://REGISTRY/NAME:TAG",
		"https://example.com/a@sha256:0A":                    "must end in @sha256: and 64 lowercase hexadecimal digits",
		"https://example.com/a@sha512:" + digest[8:]:         "must end in @sha256: and 64 lowercase hexadecimal digits",
		"https://example.com/" + strings.Repeat("a", 3000):   "is longer than 2048 bytes",
	} {
		ref, err := artifact.ParsePinned(text)
		got := ""
		if err != nil {
			got = err.Error()
		} else if ref.String() != text {
			t.Errorf("%s: formatted as %s", text, ref)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
