resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "nothing" { # want "aws_lambda_event_source_mapping.nothing connects to a Kafka cluster without authentication and outside of a VPC"
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
}

resource "aws_lambda_event_source_mapping" "network" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration { # want "aws_lambda_event_source_mapping.network connects to a Kafka cluster without authentication"
    type = "VPC_SUBNET"
    uri  = "subnet:subnet-1"
  }
  source_access_configuration {
    type = "VPC_SECURITY_GROUP"
    uri  = "security_group:sg-1"
  }
}

resource "aws_lambda_event_source_mapping" "broker" { # want "aws_lambda_event_source_mapping.broker connects to an Amazon MQ broker without authentication"
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:mq:eu-west-1:123456789012:broker:jobs:b-1"
  queues           = ["jobs"]
}
