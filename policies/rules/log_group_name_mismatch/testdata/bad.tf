resource "aws_lambda_function" "orders" {
  function_name = "shop-orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders" # want "aws_cloudwatch_log_group.orders is for aws_lambda_function.orders, but belongs to no function of the template: its name ends with orders"
}

resource "aws_cloudwatch_log_group" "other" {
  name = "/aws/lambda/returns" # want "aws_cloudwatch_log_group.other belongs to no function of the template: its name ends with returns"
}
