resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_sfn_state_machine" "orders" { # want "aws_sfn_state_machine.orders invokes a function and logs nothing"
  name     = "orders"
  role_arn = "arn:aws:iam::123456789012:role/orders"
  definition = jsonencode({
    StartAt = "Run"
    States  = { Run = { Type = "Task", Resource = aws_lambda_function.orders.arn, End = true } }
  })
}

resource "aws_sfn_state_machine" "refunds" {
  name     = "refunds"
  role_arn = "arn:aws:iam::123456789012:role/refunds"
  definition = jsonencode({
    StartAt = "Run"
    States  = { Run = { Type = "Task", Resource = aws_lambda_function.orders.arn, End = true } }
  })

  logging_configuration {
    log_destination        = "arn:aws:logs:eu-west-1:123456789012:log-group:/states/orders:*"
    level                  = "ERROR"
    include_execution_data = false
  }

  tracing_configuration {
    enabled = false # want "aws_sfn_state_machine.refunds invokes a function and traces nothing"
  }
}

resource "aws_sfn_state_machine" "returns" {
  name     = "returns"
  role_arn = "arn:aws:iam::123456789012:role/returns"
  definition = jsonencode({
    StartAt = "Run"
    States  = { Run = { Type = "Task", Resource = aws_lambda_function.orders.arn, End = true } }
  })

  logging_configuration {
    log_destination        = "arn:aws:logs:eu-west-1:123456789012:log-group:/states/orders:*"
    level                  = "OFF" # want "logs nothing"
    include_execution_data = false
  }

  tracing_configuration {
    enabled = true
  }
}
