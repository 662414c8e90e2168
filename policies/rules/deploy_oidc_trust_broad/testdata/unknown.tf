variable "provider_arn" {
  type = string
}

variable "claims" {
  type = map(string)
}

variable "subjects" {
  type = list(string)
}

data "aws_iam_policy_document" "provider" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.provider_arn]
    }
  }
}

data "aws_iam_policy_document" "claims" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }

    dynamic "condition" {
      for_each = var.claims

      content {
        test     = "StringEquals"
        variable = condition.key
        values   = [condition.value]
      }
    }
  }
}

data "aws_iam_policy_document" "subjects" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    }

    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = var.subjects
    }
  }
}

resource "aws_iam_role" "provider" {
  name               = "provider"
  assume_role_policy = data.aws_iam_policy_document.provider.json
}

resource "aws_iam_role" "claims" {
  name               = "claims"
  assume_role_policy = data.aws_iam_policy_document.claims.json
}

resource "aws_iam_role" "subjects" {
  name               = "subjects"
  assume_role_policy = data.aws_iam_policy_document.subjects.json
}
