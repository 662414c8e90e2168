variable "policies" {
  type = list(string)
}

resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })

  dynamic "inline_policy" {
    for_each = var.policies

    content {
      name   = "orders"
      policy = inline_policy.value
    }
  }
}
