# Variants of one role under conditions count as one role.
variable "suffix" {
  type = bool
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.shop.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.shop.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_iam_role" "shop" { # want "Execution role aws_iam_role.shop is shared by aws_lambda_function.orders and aws_lambda_function.returns"
  name = "shop"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "shop" {
  role = aws_iam_role.shop.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "logs:PutLogEvents"
      Resource = var.suffix ? "arn:aws:logs:*:*:log-group:shop:*" : "arn:aws:logs:*:*:log-group:all:*"
    }]
  })
}
