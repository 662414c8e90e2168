variable "bucket" {}
variable "strict" {}

resource "aws_sqs_queue" "jobs" {}

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  inline_policy {
    name = "inline"
    policy = jsonencode({
      Statement = [
        { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn },
        { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::${var.bucket}/*" },
      ]
    })
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Logs"
    actions   = ["logs:*"]
    resources = ["*"]
  }
  statement {
    sid       = "Replaced"
    actions   = ["ec2:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [file("override.json"), var.bucket]

  dynamic "statement" {
    for_each = { A = "s3:PutObject", B = "s3:GetObject" }
    content {
      sid       = statement.key
      actions   = [statement.value]
      resources = ["arn:aws:s3:::${var.bucket}"]
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = ["111122223333"]
      }
    }
  }
}

resource "aws_iam_role_policy" "merged" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.merged.json
}

resource "aws_iam_role_policy" "heredoc" {
  role   = aws_iam_role.r.name
  policy = <<-EOT
    {
      "Statement": {
        "Effect": "Allow",
        "Action": "dynamodb:*",
        "Resource": "${var.bucket}"
      }
    }
  EOT
}

resource "aws_iam_role_policy" "template" {
  role   = aws_iam_role.r.id
  policy = templatefile("policy.json.tftpl", { bucket = var.bucket, actions = ["kms:Decrypt", "kms:Encrypt"] })
}

resource "aws_iam_role_policy" "either" {
  role   = aws_iam_role.r.id
  policy = var.strict ? data.aws_iam_policy_document.base.json : jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_kms_key" "k" {}

resource "aws_kms_grant" "g" {
  key_id            = aws_kms_key.k.key_id
  grantee_principal = aws_iam_role.r.arn
  operations        = ["Decrypt"]
  constraints {
    encryption_context_equals = { app = "orders" }
  }
}

resource "aws_s3_bucket" "b" {}

resource "aws_s3_access_point" "p" {
  bucket = aws_s3_bucket.b.id
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.r.arn }, Action = "s3:GetObject", Resource = "*" }] })
}

resource "aws_s3control_access_point_policy" "q" {
  access_point_arn = aws_s3_access_point.p.arn
  policy           = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.r.arn }, Action = "s3:PutObject", Resource = "*" }] })
}
