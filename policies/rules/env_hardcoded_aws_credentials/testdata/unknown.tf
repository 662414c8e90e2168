variable "access_key_id" {
  type = string
}

variable "secret_access_key" {
  type      = string
  sensitive = true
}

variable "environment" {
  type = map(string)
}

resource "aws_lambda_function" "export" {
  function_name = "export"
  role          = "arn:aws:iam::123456789012:role/export"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "export.zip"

  environment {
    variables = {
      PARTNER_ACCESS_KEY_ID     = var.access_key_id
      PARTNER_SECRET_ACCESS_KEY = var.secret_access_key
    }
  }
}

resource "aws_lambda_function" "sync" {
  function_name = "sync"
  role          = "arn:aws:iam::123456789012:role/sync"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "sync.zip"

  environment {
    variables = var.environment
  }
}
