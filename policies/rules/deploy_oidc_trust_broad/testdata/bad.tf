resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "any" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn] # want "aws_iam_role.any can be assumed from any repository on token.actions.githubusercontent.com: .*subject"
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

variable "organization" {
  type = string
}

data "aws_iam_policy_document" "organization" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.organization}/*"] # want "aws_iam_role.organization can be assumed from unintended repositories on .* wildcard subject repo:.*/[*]"
    }
  }
}

resource "aws_iam_role" "any" {
  name               = "any"
  assume_role_policy = data.aws_iam_policy_document.any.json
}

resource "aws_iam_role" "organization" {
  name               = "organization"
  assume_role_policy = data.aws_iam_policy_document.organization.json
}

resource "aws_iam_role" "owner" {
  name               = "owner"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        "ForAnyValue:StringLike" = {
          "token.actions.githubusercontent.com:sub" = "repo:*/orders:ref:refs/heads/main" # want "aws_iam_role.owner can be assumed from unintended repositories on .* wildcard subject repo:[*]/orders:ref:refs/heads/main"
        }
      }
    }]
  })
}
