resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function_url" "orders" {
  function_name      = aws_lambda_function.orders.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudfront_distribution" "web" {
  enabled = true

  origin { # want "has no origin access control for"
    origin_id                = "orders"
    domain_name              = replace(replace(aws_lambda_function_url.orders.function_url, "https://", ""), "/", "")
  }
}
