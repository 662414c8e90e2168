variable "policy_arn" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_iam_user_policy_attachment" "jo" {
  user       = "jo"
  policy_arn = var.policy_arn
}

resource "aws_iam_user_policy" "jo" {
  user   = "jo"
  policy = var.policy
}
