variable "subnet_ids" {
  type = list(string)
}

variable "security_group_ids" {
  type = list(string)
}

variable "attached" {
  type = bool
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = []
  }
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = var.security_group_ids
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  vpc_config {
    subnet_ids         = var.attached ? ["subnet-0123456789abcdef0"] : []
    security_group_ids = var.attached ? ["sg-0123456789abcdef0"] : []
  }
}
