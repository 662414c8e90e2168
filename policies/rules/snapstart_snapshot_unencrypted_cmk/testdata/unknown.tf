variable "key" {
  type = string
}

variable "apply" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "orders.jar"
  kms_key_arn   = var.key
  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "returns.jar"
  snap_start {
    apply_on = var.apply
  }
}
