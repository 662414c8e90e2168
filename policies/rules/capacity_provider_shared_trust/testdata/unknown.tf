variable "provider_arn" {
  type = string
}

variable "role" {
  type = string
}

resource "aws_lambda_function" "hook" {
  function_name = "hook"
  role          = "arn:aws:iam::123456789012:role/hook"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "hook.zip"
  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = var.provider_arn
    }
  }
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "billing" {
  function_name = "billing"
  role          = var.role
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "billing.zip"
  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = var.provider_arn
    }
  }
}
