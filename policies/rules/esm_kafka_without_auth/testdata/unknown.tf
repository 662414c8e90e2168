variable "type" {
  type = string
}

variable "access" {
  type = map(string)
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "one" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = var.type
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "many" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  dynamic "source_access_configuration" {
    for_each = var.access
    content {
      type = source_access_configuration.key
      uri  = source_access_configuration.value
    }
  }
}
