resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_kinesis_stream" "clicks" { # want "aws_kinesis_stream.clicks triggers aws_lambda_function.worker and is not encrypted"
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = false # want "aws_sqs_queue.orders triggers aws_lambda_function.worker and is not encrypted"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.orders.arn
}

resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.9.x"
  number_of_broker_nodes = 2
  broker_node_group_info {
    client_subnets  = ["subnet-1", "subnet-2"]
    instance_type   = "kafka.m7g.large"
    security_groups = ["sg-1"]
  }
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT" # want "aws_msk_cluster.events triggers aws_lambda_function.worker and accepts unencrypted connections: client_broker is TLS_PLAINTEXT"
    }
  }
}

resource "aws_lambda_event_source_mapping" "events" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = aws_msk_cluster.events.arn
  topics            = ["orders"]
  starting_position = "LATEST"
}
