resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" { # want "aws_cloudwatch_log_group.orders has no data protection policy"
  name = "/aws/lambda/orders"
}
