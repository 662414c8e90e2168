# The URL of an alias is as public as that of the function.
variable "auth" {
  default = "NONE" # want "aws_lambda_function_url.live is public: AuthType is NONE"
}

resource "aws_lambda_function" "webhook" {
  function_name = "webhook"
  role          = "arn:aws:iam::123456789012:role/webhook"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "webhook.zip"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.webhook.function_name
  function_version = aws_lambda_function.webhook.version
}

resource "aws_lambda_function_url" "live" {
  function_name      = aws_lambda_function.webhook.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = var.auth
}
