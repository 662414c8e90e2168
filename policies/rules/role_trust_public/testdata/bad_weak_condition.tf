# Anyone can satisfy these conditions.
resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "*" } # want "aws_iam_role.orders has a public trust policy"
        Action    = "sts:*"
        Condition = {
          Bool       = { "aws:MultiFactorAuthPresent" = "true" }
          StringLike = { "sts:ExternalId" = "*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" } # want "aws_iam_role.orders has a public trust policy"
        Action    = "sts:AssumeRole"
        Condition = { StringNotEquals = { "aws:PrincipalAccount" = "123456789012" } }
      },
    ]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}
