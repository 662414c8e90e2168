variable "level" {
  type = string
}

variable "tracing" {
  type = bool
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_sfn_state_machine" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::123456789012:role/orders"
  definition = jsonencode({
    StartAt = "Run"
    States  = { Run = { Type = "Task", Resource = aws_lambda_function.orders.arn, End = true } }
  })

  logging_configuration {
    log_destination        = "arn:aws:logs:eu-west-1:123456789012:log-group:/states/orders:*"
    level                  = var.level
    include_execution_data = false
  }

  tracing_configuration {
    enabled = var.tracing
  }
}
