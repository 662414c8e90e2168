resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_resource_policy" "policy" {
  resource_arn = aws_lambda_function.orders.arn
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "lambda:InvokeFunction"
      Principal = { Service = "events.amazonaws.com" } # want "allows events.amazonaws.com .* without a source ARN"
    }]
  })
}
