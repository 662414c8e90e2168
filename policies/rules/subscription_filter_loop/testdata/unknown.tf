variable "group" {
  type = string
}

variable "destination" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_subscription_filter" "orders" {
  name            = "orders"
  log_group_name  = var.group
  filter_pattern  = ""
  destination_arn = aws_lambda_function.orders.arn
}

resource "aws_cloudwatch_log_subscription_filter" "others" {
  name            = "others"
  log_group_name  = "/aws/lambda/orders"
  filter_pattern  = ""
  destination_arn = var.destination
}
