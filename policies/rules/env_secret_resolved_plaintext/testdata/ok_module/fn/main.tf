variable "hook" {
  type = object({
    name   = string
    values = set(string)
  })
}

resource "aws_lambda_function" "hook" {
  function_name = "hook"
  role          = "arn:aws:iam::123456789012:role/hook"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "hook.zip"

  environment {
    variables = {
      WEBHOOK_SECRET = var.hook.name
    }
  }
}
