variable "failed_arn" {
  type = string
}

variable "settings" {
  type = list(string)
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.orders.arn

  dead_letter_config {
    arn = var.failed_arn
  }
}

resource "aws_cloudwatch_event_target" "later" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.orders.arn

  dynamic "dead_letter_config" {
    for_each = var.settings

    content {
      arn = dead_letter_config.value
    }
  }
}
