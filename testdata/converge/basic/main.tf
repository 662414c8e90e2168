# The same stack as template.yaml and sam.yaml next to it, with the same values in the same order.
resource "aws_lambda_function" "api" {
  function_name                  = "orders-api"
  role                           = "arn:aws:iam::123456789012:role/service/orders"
  package_type                   = "Zip"
  runtime                        = "python3.13"
  handler                        = "api.handler"
  architectures                  = ["arm64"]
  layers                         = ["arn:aws:lambda:eu-west-1:123456789012:layer:shared:4"]
  kms_key_arn                    = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"
  timeout                        = 10
  memory_size                    = 512
  reserved_concurrent_executions = 20
  s3_bucket                      = "orders-artifacts"
  s3_key                         = "api.zip"

  environment {
    variables = {
      LOG_LEVEL = "INFO"
      TABLE     = "orders"
    }
  }

  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
    security_group_ids = ["sg-0a1b2c3d"]
  }

  ephemeral_storage {
    size = 1024
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "JSON"
    log_group  = "/aws/lambda/orders-api"
  }

  tags = {
    team = "orders"
  }
}

resource "aws_lambda_function" "worker" {
  function_name = "orders-worker"
  role          = "arn:aws:iam::123456789012:role/service/orders"
  runtime       = "python3.10"
  handler       = "worker.handler"
  s3_bucket     = "orders-artifacts"
  s3_key        = "worker.zip"

  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:123456789012:orders-failed"
  }
}

resource "aws_iam_role" "orders" {
  name                 = "orders"
  path                 = "/service/"
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  managed_policy_arns  = ["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"]

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders-data"
  role = "orders"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Table"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
      {
        Sid      = "Queue"
        Effect   = "Allow"
        Action   = "*"
        Resource = ["arn:aws:sqs:eu-west-1:123456789012:orders", "arn:aws:sqs:eu-west-1:123456789012:orders-failed"]
      },
    ]
  })
}

resource "aws_lambda_function_url" "api" {
  function_name      = "orders-api"
  authorization_type = "NONE"
  invoke_mode        = "RESPONSE_STREAM"

  cors {
    allow_credentials = true
    allow_headers     = ["content-type"]
    allow_methods     = ["GET", "POST"]
    allow_origins     = ["https://shop.example.com"]
    max_age           = 300
  }
}

resource "aws_lambda_permission" "uploads" {
  function_name  = "orders-worker"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::orders-uploads"
  source_account = "123456789012"
}

resource "aws_lambda_permission" "nightly" {
  function_name = "orders-worker"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
}

resource "aws_lambda_event_source_mapping" "queue" {
  function_name                      = "orders-worker"
  event_source_arn                   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  batch_size                         = 10
  maximum_batching_window_in_seconds = 5
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 5
  }

  filter_criteria {
    filter {
      pattern = "{\"body\":{\"kind\":[\"order\"]}}"
    }
  }
}

resource "aws_lambda_function_event_invoke_config" "worker" {
  function_name                = "orders-worker"
  qualifier                    = "$LATEST"
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 3600

  destination_config {
    on_failure {
      destination = "arn:aws:sqs:eu-west-1:123456789012:orders-failed"
    }
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/lambda/orders-api"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "worker" {
  name       = "/aws/lambda/orders-worker"
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"
}
