variable "enabled" {
  type = bool
}

variable "role" {
  type = string
}

resource "aws_iam_policy" "table" {
  count = var.enabled ? 1 : 0
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "*" }]
  })
}

resource "aws_iam_role_policy_attachment" "table" {
  count      = var.enabled ? 1 : 0
  role       = var.role
  policy_arn = aws_iam_policy.table[0].arn
}
