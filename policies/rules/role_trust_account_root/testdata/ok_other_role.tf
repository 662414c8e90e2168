# No function has this role.
data "aws_iam_policy_document" "auditors" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}

resource "aws_iam_role" "auditors" {
  name               = "auditors"
  assume_role_policy = data.aws_iam_policy_document.auditors.json
}
