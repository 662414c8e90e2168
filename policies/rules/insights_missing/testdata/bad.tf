resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders has no Lambda Insights"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  layers = ["arn:aws:lambda:eu-west-1:123456789012:layer:shared:1"] # want "aws_lambda_function.returns has no Lambda Insights"
}
