resource "aws_cloudwatch_log_group" "shared" { # want "aws_cloudwatch_log_group.shared is the log group of aws_lambda_function.orders and aws_lambda_function.returns"
  name = "shop"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.shared.name
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.shared.name
  }
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  logging_config {
    log_format = "JSON"
    log_group  = "elsewhere" # want "aws_lambda_function.refunds shares the log group elsewhere with aws_lambda_function.stock"
  }
}

resource "aws_lambda_function" "stock" {
  function_name = "stock"
  role          = "arn:aws:iam::123456789012:role/stock"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "stock.zip"

  logging_config {
    log_format = "JSON"
    log_group  = "elsewhere"
  }
}
