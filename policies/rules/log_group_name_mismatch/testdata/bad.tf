resource "aws_lambda_function" "orders" {
  function_name = "shop-orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders" # want "aws_cloudwatch_log_group.orders has the name /aws/lambda/orders, but aws_lambda_function.orders has a different name"
}

resource "aws_cloudwatch_log_group" "other" {
  name = "/aws/lambda/returns" # want "aws_cloudwatch_log_group.other has the name /aws/lambda/returns, but no function of the template has the name returns"
}
