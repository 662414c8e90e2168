resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/a"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = "orders"
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:jobs"
}

resource "aws_lambda_function" "exported" {
  function_name = "exported"
  role          = "arn:aws:iam::123456789012:role/b"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exported.zip"
}

output "arn" {
  value = aws_lambda_function.exported.arn
}

# Another function invokes it by its name.
resource "aws_lambda_function" "worker" {
  function_name = "shop-worker"
  role          = "arn:aws:iam::123456789012:role/c"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_function" "caller" {
  function_name = "caller"
  role          = "arn:aws:iam::123456789012:role/d"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "caller.zip"
  environment {
    variables = { WORKER = "shop-worker" }
  }
}

resource "aws_cloudwatch_log_group" "caller" {
  name              = "/aws/lambda/caller"
  retention_in_days = 30
}

# lintel does not know the type of the resource.
resource "aws_lambda_function" "resolver" {
  function_name = "resolver"
  role          = "arn:aws:iam::123456789012:role/e"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "resolver.zip"
}

resource "aws_appsync_datasource" "resolver" {
  api_id = "a1b2c3"
  name   = "resolver"
  type   = "AWS_LAMBDA"
  lambda_config {
    function_arn = aws_lambda_function.resolver.arn
  }
}
