# The configuration of plan.json; README.md in the folder above says how that was recorded.
variable "auth" {}
variable "password" {
  default   = "hunter2"
  sensitive = true
}
variable "open" { default = true }

locals {
  role = aws_iam_role.orders
  urls = { eu = "NONE", us = "AWS_IAM" }
}

resource "aws_sqs_queue" "failed" {}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn },
      { Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::orders/*" },
    ]
  })
}

resource "aws_iam_policy" "known" {
  name = "known"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["*"], Resource = "arn:aws:s3:::orders-${var.auth}/*" }]
  })
}

resource "aws_lambda_function" "orders" {
  count         = var.open ? 1 : 0
  function_name = "orders"
  role          = local.role.arn
  runtime       = "python3.9"
  handler       = "app.handler"
  filename      = "app.zip"
  environment {
    variables = {
      PASSWORD = var.password
      QUEUE    = aws_sqs_queue.failed.url
    }
  }
  dynamic "tracing_config" {
    for_each = ["Active"]
    content { mode = tracing_config.value }
  }
}

module "api" {
  source   = "./api"
  for_each = local.urls
  function = aws_lambda_function.orders[0].function_name
  auth     = each.value
}

resource "aws_lambda_permission" "queue" {
  function_name = aws_lambda_function.orders[0].function_name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sqs_queue.failed.arn
}

resource "aws_secretsmanager_secret_version" "wo" {
  secret_id                = "db"
  secret_string_wo         = "never in the plan"
  secret_string_wo_version = 1
}
