package secrets

import (
	"strings"
	"testing"
)

// stars is a text of asterisks as long as another.
func stars(text string) string { return strings.Repeat("*", len(text)) }

func TestMask(t *testing.T) {
	const (
		github   = "ghp_a8Kd93jfLs02mXc7Vb5nQw1eRt6yUi4oP9zA"
		password = "Zq9vXk2mPw7RtB4yLs8c"
	)
	known := NewMask([]string{"correct horse battery", `pa"ss/word+1`, "Ab3dEf6hIj9kLm2nOp5q"})
	for text, secret := range map[string]string{
		"a " + github + " b":                            github,
		"x-" + github + "/y":                            github,
		`ghp\_` + github[4:] + ` is escaped`:            `ghp\_` + github[4:],
		"https://oauth2:" + password + "@example.com":   password,
		"%2F%2Fdeploy:" + password + "@example.com":     password,
		"git::https://x.com/m?ref=" + password:          password,
		"https://x/y?a=b&X-Amz-Signature=" + password:   password,
		`DB_PASSWORD = "` + password + `"`:              password,
		`{\"password\":\"` + password + `\"}`:           password,
		"  Password: " + password + " # old":            password,
		"Server=x;Password=" + password + ";":           password,
		"AKIAQ2345672345672AB-x":                        "AKIAQ2345672345672AB",
		"Authorization: Basic ZGVwbG95Olpxd29wOTN4a2w=": "ZGVwbG95Olpxd29wOTN4a2w=",
		"says correct horse battery":                    "correct horse battery",
		`{"x": "pa\"ss/word+1"}`:                        `pa\"ss/word+1`,
		"q=pa%22ss%2Fword%2B1":                          "pa%22ss%2Fword%2B1",
		"cut: b3dEf6hIj":                                "b3dEf6hIj",
	} {
		want := strings.Replace(text, secret, stars(secret), 1)
		got := known.Text(text)
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
		if again := known.Text(got); again != got {
			t.Errorf("%s: masked twice it is %s", got, again)
		}
	}
}

// TestMaskIsQuiet lists texts without secrets: names, references, placeholders and what looks like chance.
func TestMaskIsQuiet(t *testing.T) {
	mask := NewMask([]string{"", "true", "443", "admin", "prod", "postgres", "organization", "OrganizationCloudTrailS3Bucket:AWSCURRENT"})
	for _, text := range []string{
		"aws_iam_role.db_password_reader is assumed by the admin of prod on port 443: true",
		"aws_iam_role.organizations_rule is in rCloudTrailSolutionStack",
		"password = var.db_password", "DB_PASSWORD: !Ref DbPassword", "auth_token = aws_elasticache.x.auth_token[0]",
		"arn:aws:lambda:eu-west-1:111122223333:function:orders", "module.git::https://github.com/a/b.git?ref=v1.2.3",
		"github.com/a/b.git?ref=v1.0.154-a2c8b37", "git::https://github.com/a/b?ref=2.10.3-rc.1+build.20260101",
		"git::https://github.com/a/b?ref=da39a3ee5e6b4b0d3255bfef95601890afd80709", "https://user:${var.x}@example.com",
		"Set the password: use a secret of Secrets Manager.", "a secret in the environment variable API_TOKEN: it has the form github-pat",
		`"fingerprint": "0123456789abcdef0123456789abcdef"`, "ApiFunctionServiceRoleDefaultPolicy9B3C5A1E", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
		`password = "changeme"`, "secret: {{resolve:secretsmanager:db:SecretString:password}}", "postgres://postgres:postgres@localhost/x",
		"token_ttl = 3600", `key = "orders/terraform.tfstate"`, "asset.0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
	} {
		if got := mask.Text(text); got != text {
			t.Errorf("%s: got %s", text, got)
		}
	}
}

// TestNothingWritten has assignments of what is no secret.
func TestNothingWritten(t *testing.T) {
	for _, text := range []string{
		"Password: '{{resolve:secretsmanager:orders/db:SecretString:OrdersPassword1:AWSCURRENT}}'",
		"Bucket: !Sub '{{resolve:secretsmanager:orders/bucket_name:SecretString:OrdersBucket1:AWSCURRENT}}'",
	} {
		if got := Written(text); len(got) > 0 {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

// TestWritten lists the ways in which the formats assign a value to a name.
func TestWritten(t *testing.T) {
	const password = "Zq9vXk2mPw7RtB4yLs8c"
	for _, text := range []string{
		"db_password = \"§\"", "variable \"db_password\" {\n  type = string\n  default = \"§\"\n}", "DbPassword:\n  Type: String\n  Default: §\n",
		`{"DbPassword": {"Type": "String", "Default": "§"}}`, "- {Key: password, Value: §}", "Name: DB_PASSWORD\nValue: '§'",
		`[{"ParameterKey": "DbPassword", "ParameterValue": "§"}]`, "password: |\n  §\n", "password = <<EOT\n§\nEOT", `x = sensitive("§")`,
		"-----BEGIN PRIVATE KEY-----§-----END PRIVATE KEY-----",
	} {
		if got := Written(strings.ReplaceAll(text, "§", password)); len(got) != 1 || got[0] != password {
			t.Errorf("%s: got %q", text, got)
		}
	}
	if got := Written("variable \"db_password\" {}\nvariable \"other\" {\n  default = \"" + password + "\"\n}"); len(got) > 0 {
		t.Errorf("the default of another variable is a secret: %q", got)
	}
}

// TestKeywords checks what the index of keywords relies on.
func TestKeywords(t *testing.T) {
	for _, d := range detectors() {
		for _, word := range d.keywords {
			if len(word) < 2 || strings.ToLower(word) != word {
				t.Errorf("%s: the keyword %q is too short or not in lower case", d.id, word)
			}
		}
	}
}
