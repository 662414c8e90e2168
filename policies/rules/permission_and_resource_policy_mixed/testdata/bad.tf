resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_resource_policy" "policy" { # want "replaces the resource-based policy of .*, but .* adds a statement"
  resource_arn = aws_lambda_function.orders.arn
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "lambda:InvokeFunction"
      Principal = { Service = "events.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_lambda_permission" "jobs" {
  function_name = aws_lambda_function.orders.function_name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:123456789012:jobs"
}
