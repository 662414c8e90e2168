resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  memory_size   = 128
}

resource "aws_lambda_function" "managed" {
  function_name = "managed"
  role          = "arn:aws:iam::123456789012:role/managed"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "managed.zip"
  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:pool"
    }
  }
}
