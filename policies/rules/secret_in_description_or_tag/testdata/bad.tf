resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  description   = "calls the shop with ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "has a secret in its description: it has the form github-pat"
}
