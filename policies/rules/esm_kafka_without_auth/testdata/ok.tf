resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "k0" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "SASL_SCRAM_512_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "k1" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "k2" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "CLIENT_CERTIFICATE_TLS_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "k3" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "OAUTHBEARER_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "k4" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "IAM_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "k5" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "IAM_OAUTHBEARER_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
}

resource "aws_lambda_event_source_mapping" "broker" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:mq:eu-west-1:123456789012:broker:jobs:b-1"
  queues           = ["jobs"]
  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:mq"
  }
}

# MSK: the execution role authenticates.
resource "aws_lambda_event_source_mapping" "managed" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kafka:eu-west-1:123456789012:cluster/events/a1b2"
  topics            = ["orders"]
  starting_position = "LATEST"
}
