# Terraform has no argument for the key.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  filename      = "orders.zip"
  durable_config {
    execution_timeout = 3600
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.14"
  handler       = "app.handler"
  filename      = "returns.zip"
}
