# Every principal of the account can meet these conditions.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::123456789012:role/*" } } }, # want "every principal of account 123456789012"
      { Effect = "Allow", NotAction = "sts:TagSession", Principal = { AWS = "arn:aws:iam::210987654321:root" } }, # want "every principal of account 210987654321"
    ]
  })
}
