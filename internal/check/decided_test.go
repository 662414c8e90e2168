package check_test

import (
	"cmp"
	"testing"
	"testing/fstest"
)

// trusting returns a configuration with a role that tokens of a new identity provider may assume under a condition.
func trusting(url, condition string) string {
	return `
variable "url" {}
resource "aws_eks_cluster" "c" {
  name = "c"
}
resource "aws_iam_openid_connect_provider" "p" {
  url = ` + url + `
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.p.arn]
    }
    ` + condition + `
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.d.json
}
`
}

// claim returns a condition block about a claim of a token.
func claim(test, name, value string) string {
	return `condition {
      test     = "` + test + `"
      variable = "${replace(aws_iam_openid_connect_provider.p.url, "https://", "")}:` + name + `"
      values   = ["` + value + `"]
    }`
}

// TestDecided checks which rules are decided although values are unknown. undetermined and found are the numbers that one rule
// reports.
func TestDecided(t *testing.T) {
	const eks = "aws_eks_cluster.c.identity[0].oidc[0].issuer"
	for name, tt := range map[string]struct {
		text, rule          string
		undetermined, found int
		files               map[string]string
	}{
		"a subject of an unknown identity provider": {
			text: trusting("var.url", claim("StringEquals", "sub", "system:serviceaccount:a:b")), rule: "deploy-oidc-trust-broad",
		},
		"a wildcard subject of an unknown identity provider": {
			text: trusting("var.url", claim("StringLike", "sub", "repo:*")), rule: "deploy-oidc-trust-broad", undetermined: 1,
		},
		"only the audience of an unknown identity provider": {
			text: trusting("var.url", claim("StringEquals", "aud", "sts.amazonaws.com")), rule: "deploy-oidc-trust-broad", undetermined: 1,
		},
		"only the audience of a cluster": {
			text: trusting(eks, claim("StringEquals", "aud", "sts.amazonaws.com")), rule: "deploy-oidc-trust-broad",
		},
		"only the audience of a CI system": {
			text: trusting(`"https://gitlab.com"`, claim("StringEquals", "aud", "sts.amazonaws.com")), rule: "deploy-oidc-trust-broad", found: 1,
		},
		"no condition on the tokens of a CI system": {
			text: trusting(`"https://gitlab.com"`, ""), rule: "deploy-oidc-trust-broad", found: 1,
		},
		"a subject in jsonencode": {
			text: `
variable "url" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = "arn:aws:iam::222222222222:oidc-provider/${var.url}" }
    Condition = { StringLike = { "${var.url}:sub" = "system:serviceaccount:a:*" } }
  }] })
}
`, rule: "deploy-oidc-trust-broad",
		},
		"a wildcard subject in a heredoc": {
			text: `
variable "url" {}
resource "aws_iam_role" "r" {
  assume_role_policy = <<EOF
{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
  "Principal": {"Federated": "arn:aws:iam::222222222222:oidc-provider/${var.url}"},
  "Condition": {"StringLike": {"${var.url}:sub": "repo:*"}}}]}
EOF
}
`, rule: "deploy-oidc-trust-broad", undetermined: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{cmp.Or(tt.files["name"], "t.tf"): {Data: []byte(tt.text)}}
			for path, text := range tt.files {
				fsys[path] = &fstest.MapFile{Data: []byte(text)}
			}
			got := runOnly(t, fsys, tt.rule)
			if len(got.Undecided) != tt.undetermined || len(got.Findings) != tt.found || len(got.Problems) > 0 {
				t.Errorf("%+v, %+v, %v; want %d undetermined and %d findings", got.Undecided, got.Findings, got.Problems, tt.undetermined, tt.found)
			}
		})
	}
}
