# A function of the shop and its log group.

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = var.role_arn
  runtime       = var.runtime
  handler       = var.handler
  architectures = ["arm64"]
  timeout       = var.timeout
  memory_size   = var.memory_size
  s3_bucket     = var.bucket
  s3_key        = var.key
  kms_key_arn   = var.kms_key_arn

  environment {
    variables = merge({ LOG_LEVEL = "INFO" }, var.environment)
  }

  tracing_config {
    mode = var.tracing
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.this.name
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}
