# The orders of a small shop: an API takes them, a worker fulfils them, a job reports on them.
terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "current" {}

locals {
  prefix = "orders-${var.stage}"
}

resource "aws_kms_key" "orders" {
  description         = "Orders at rest and the environment of the API"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = local.prefix
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }
}

# The API, called by the browsers of the shop's customers.

module "api" {
  source = "./modules/function"

  name        = "${local.prefix}-api"
  role_arn    = aws_iam_role.api.arn
  handler     = "api.handler"
  bucket      = var.artifacts_bucket
  key         = "${var.release}/api.zip"
  kms_key_arn = aws_kms_key.orders.arn

  environment = {
    ORDERS_TABLE = aws_dynamodb_table.orders.name
    ORDERS_QUEUE = aws_sqs_queue.orders.url
  }
}

resource "aws_lambda_function_url" "api" {
  function_name      = module.api.name
  authorization_type = "NONE"

  cors {
    allow_origins = [var.shop_origin]
    allow_methods = ["GET", "POST"]
    allow_headers = ["content-type"]
    max_age       = 300
  }
}

# The worker, fed by a queue that keeps what cannot be fulfilled.

resource "aws_sqs_queue" "orders" {
  name                       = local.prefix
  visibility_timeout_seconds = 180
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.prefix}-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

module "worker" {
  source = "./modules/function"

  name     = "${local.prefix}-worker"
  role_arn = aws_iam_role.worker.arn
  handler  = "worker.handler"
  runtime  = "python3.10"
  timeout  = 30
  tracing  = var.worker_tracing
  bucket   = var.artifacts_bucket
  key      = "${var.release}/worker.zip"

  environment = {
    ORDERS_TABLE = aws_dynamodb_table.orders.name
  }
}

resource "aws_lambda_event_source_mapping" "worker" {
  function_name           = module.worker.name
  event_source_arn        = aws_sqs_queue.orders.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 5
  }
}

# The report, every night.

module "report" {
  source = "./modules/function"

  name               = "${local.prefix}-report"
  role_arn           = aws_iam_role.report.arn
  handler            = "report.handler"
  timeout            = 300
  memory_size        = 512
  tracing            = "PassThrough"
  log_retention_days = 0
  bucket             = var.artifacts_bucket
  key                = "${var.release}/report.zip"

  environment = {
    ORDERS_TABLE   = aws_dynamodb_table.orders.name
    REPORTS_BUCKET = aws_s3_bucket.reports.bucket
  }
}

resource "aws_s3_bucket" "reports" {
  bucket = "${local.prefix}-reports-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket_public_access_block" "reports" {
  bucket = aws_s3_bucket.reports.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "${local.prefix}-nightly"
  schedule_expression = "cron(0 3 * * ? *)"
}

resource "aws_cloudwatch_event_target" "report" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = module.report.arn
}

resource "aws_lambda_permission" "nightly" {
  function_name = module.report.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
}
