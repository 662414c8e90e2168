# The values of these conditions, and the principal of the Deny, are unknown until deployment.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

variable "value" {
  type = string
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringLike = { "aws:PrincipalOrgID" = var.value } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { IpAddress = { "aws:SourceIp" = var.value } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringEquals = { (var.value) = "x" } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { DateLessThan = { "aws:CurrentTime" = var.value } } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" }, Condition = { StringNotLike = { "aws:PrincipalArn" = var.value } } },
    ]
  })
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.returns.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_iam_role" "returns" {
  name = "returns"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } },
      { Effect = "Deny", Action = "sts:AssumeRole", Principal = { AWS = var.value } },
    ]
  })
}
