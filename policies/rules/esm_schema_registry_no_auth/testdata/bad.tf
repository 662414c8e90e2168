resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "nothing" {
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
  self_managed_kafka_event_source_config {
    schema_registry_config {
      schema_registry_uri = "https://schemas.example.com" # want "aws_lambda_event_source_mapping.nothing reads schemas from a registry without authentication"
      event_record_format = "JSON"
      schema_validation_config {
        attribute = "VALUE"
      }
    }
  }
}

resource "aws_lambda_event_source_mapping" "ca" {
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
  self_managed_kafka_event_source_config {
    schema_registry_config {
      schema_registry_uri = "https://schemas.example.com" # want "aws_lambda_event_source_mapping.ca reads schemas from a registry without authentication"
      event_record_format = "JSON"
      access_config {
        type = "SERVER_ROOT_CA_CERTIFICATE"
        uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:schemas"
      }
      schema_validation_config {
        attribute = "VALUE"
      }
    }
  }
}
