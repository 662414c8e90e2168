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
    level                  = "ALL"
    include_execution_data = true # want "aws_sfn_state_machine.orders logs the input and output of its steps"
  }
}

resource "aws_pipes_pipe" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::123456789012:role/orders"
  source   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  target   = "arn:aws:lambda:eu-west-1:123456789012:function:orders"

  log_configuration {
    level                  = "INFO"
    include_execution_data = ["ALL"] # want "aws_pipes_pipe.orders logs the events that pass through it"

    cloudwatch_logs_log_destination {
      log_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/pipes/orders"
    }
  }
}
