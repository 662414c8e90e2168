variable "concurrency" {
  type = number
}

variable "auth" {
  type = string
}

resource "aws_lambda_function" "hook" {
  function_name                  = "hook"
  role                           = "arn:aws:iam::123456789012:role/hook"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  filename                       = "hook.zip"
  reserved_concurrent_executions = var.concurrency
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "other" {
  function_name = "other"
  role          = "arn:aws:iam::123456789012:role/other"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "other.zip"
}

resource "aws_lambda_function_url" "other" {
  function_name      = aws_lambda_function.other.function_name
  authorization_type = var.auth
}
