resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_kinesis_resource_policy" "clicks" {
  resource_arn = aws_kinesis_stream.clicks.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # want "aws_kinesis_resource_policy.clicks allows anyone to use aws_kinesis_stream.clicks, which triggers aws_lambda_function.worker"
      Action    = ["kinesis:PutRecord", "kinesis:PutRecords"]
      Resource  = "*"
    }]
  })
}

resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  stream_enabled = true
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  starting_position = "LATEST"
}

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # want "aws_dynamodb_resource_policy.orders allows anyone to use aws_dynamodb_table.orders, which triggers aws_lambda_function.worker"
      Action    = "dynamodb:PutItem"
      Resource  = "*"
    }]
  })
}
